/** The setting PARTNER_STANDARDS: which partner is spoken to in a standard of its sector. */
import { z } from 'zod';
import type { PartnerParty } from '../contracts/vocabulary.ts';

/** Which standards can be spoken to whom. */
const spoken = { 'housing-corporation': ['vera'], 'record-system': ['zgw'] } as const satisfies Partial<
  Record<PartnerParty, readonly string[]>
>;
export type Standard = (typeof spoken)[keyof typeof spoken][number];
export type PartnerStandards = Readonly<Record<string, Standard | undefined>>;

/** Every standard that is spoken to somebody. */
export const standardNames = ['vera', 'zgw'] as const satisfies readonly Standard[];

const known = Object.entries(spoken).flatMap(([party, names]) => names.map((name) => `${party}:${name}`));

/** Whether a standard can be spoken to this partner. */
export const spokenTo = (party: string, standard: Standard): boolean =>
  known.includes(`${party}:${standard}`);

/** `party:standard`, with commas between; a party that is not named is spoken to as docs/partners.md says. */
export const partnerStandards = z
  .string()
  .default('')
  .transform((text, ctx): PartnerStandards => {
    const pairs = text
      .split(',')
      .map((pair) => pair.trim())
      .filter((pair) => pair !== '');
    const parties = pairs.map((pair) => pair.split(':')[0]);
    if (pairs.every((pair) => known.includes(pair)) && new Set(parties).size === pairs.length)
      return Object.fromEntries(pairs.map((pair) => pair.split(':') as [string, Standard]));
    ctx.addIssue({
      code: 'custom',
      message: `must be party:standard, each party once, with commas between; known are ${known.join(', ')}`,
    });
    return z.NEVER;
  });
