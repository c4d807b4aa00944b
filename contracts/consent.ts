/** Consent of the person: with whom more is shared than a statutory task asks, and for what. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { SubjectId } from './ids.ts';

/** With whom something is shared that rests on consent: two partners, and parties from the person's surroundings. */
export const ConsentParty = z.enum([
  'housing-corporation',
  'support-provider',
  'neighbours',
  'school',
  'gp',
  'community-centre',
]);
export type ConsentParty = z.infer<typeof ConsentParty>;

/** What it is shared for. The list is our own [assumed]. */
export const ConsentPurpose = z
  .enum(['safe-search', 'housing-training', 'landing-plan', 'support-network', 'progress'])
  .describe(
    '`safe-search`: the areas that the person named as excluded, to the corporation; `housing-training`: which skills are to be trained, to the support provider; `landing-plan`: taking part in the landing in the neighbourhood; `support-network`: being asked as a supporter; `progress`: how the route stands',
  );
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** `PUT …/consents/{party}`: in place of what the person agreed to before. */
export const ConsentBody = z
  .strictObject({
    purposes: z
      .array(ConsentPurpose)
      .min(1)
      .max(ConsentPurpose.options.length)
      .refine((purposes) => new Set(purposes).size === purposes.length, faults.purposeTwice.en)
      .meta({ uniqueItems: true }),
    givenOn: z.iso.date().describe('The day on which the person gave it, today at the latest'),
    recordedBy: SubjectId.optional().describe('Who heard it; left out: who calls'),
  })
  .meta({ id: 'Consent', example: { purposes: ['landing-plan'], givenOn: '2026-11-02' } });
export type ConsentBody = z.infer<typeof ConsentBody>;

/** What the person agreed to, or does no longer. */
export const ConsentsView = z
  .object({
    asked: z
      .boolean()
      .describe('False of a route that began before consent was asked for: its partners hear what they did'),
    items: z.array(
      z.object({
        party: ConsentParty,
        status: z.enum(['given', 'withdrawn']),
        purposes: z.array(ConsentPurpose),
        date: z.iso.date().describe('When it was given, or withdrawn'),
        recordedBy: z.string(),
        was: z
          .object({
            purposes: z.array(ConsentPurpose),
            givenOn: z.iso.date(),
            recordedBy: z.string(),
          })
          .optional()
          .describe('Of what was withdrawn: what had been given, when, and who recorded it'),
      }),
    ),
  })
  .meta({ id: 'Consents' });
export type ConsentsView = z.infer<typeof ConsentsView>;
