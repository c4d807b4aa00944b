/** What the API takes in about a person. All of it is sealed before it leaves the API. */
import { z } from 'zod';
import { faults } from './faults.ts';

/** The 11-test of a citizen service number (BSN). */
export function isBsn(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return sum % 11 === 0 && text !== '000000000';
}

const text = (max: number) => z.string().trim().min(1).max(max);

/** The intake's first question, before name and address (Dannenberg: ask first). */
export const OpeningAnswer = z
  .strictObject({
    missedSignals: text(1500).describe('Which signals did we miss?'),
    neededThen: text(1500).describe('What did you need two years ago?'),
  })
  .meta({ id: 'OpeningAnswer' });
export type OpeningAnswer = z.infer<typeof OpeningAnswer>;

/** Identification with a BSN, or where there is none by Wmo 2015 art. 5.2.9(6). */
export const Person = z
  .union([
    z.strictObject({
      bsn: z.string().refine(isBsn, faults.bsn.en),
    }),
    z.strictObject({
      name: text(200),
      birthDate: z.iso.date(),
      postcode: z.string().regex(/^[1-9]\d{3}\s?[A-Z]{2}$/, faults.postcode.en),
      houseNumber: text(10),
    }),
  ])
  .meta({ id: 'Person', example: { bsn: '999990019' } });
export type Person = z.infer<typeof Person>;

/** The person's wishes, or the personal plan of Wmo 2015 art. 2.3.2(2). The wish for a form of living leads. */
export const Wishes = z
  .strictObject({
    living: text(1500).describe('How and where the person wants to live'),
    areas: z.array(text(80)).max(10).optional().describe('Neighbourhoods the person hopes for'),
  })
  .meta({
    id: 'Wishes',
    example: { living: 'Een eigen woning, liefst beneden', areas: ['Twekkelerveld'] },
  });
export type Wishes = z.infer<typeof Wishes>;
