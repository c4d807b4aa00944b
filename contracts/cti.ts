/** Critical Time Intervention: supporters, contacts and focus areas, as they are told to the API. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { FreeText } from './free-text.ts';

/** Given by the API: it says nothing about anybody. */
export const SupporterId = z
  .string()
  .regex(/^[\w-]{6}$/, faults.shortId.en)
  .describe('Opaque id of a supporter within the route');

/** What a supporter is to the person, or to the neighbourhood. The list is our own [assumed]. */
export const Relation = z.enum([
  'family',
  'friend',
  'neighbour',
  'volunteer',
  'peer',
  'school',
  'gp',
  'community-centre',
  'employer',
  'faith-community',
  'club',
  'other',
]);
export type Relation = z.infer<typeof Relation>;

/** What a supporter gives (CTI): somebody to lean on, a hand with what is to be done, or both. */
export const SupportKind = z.enum(['emotional', 'practical']);
export type SupportKind = z.infer<typeof SupportKind>;

export const SupporterStatus = z
  .enum(['invited', 'accepted', 'declined', 'dropped-out', 'replaced'])
  .describe('`dropped-out`: asks for another supporter; `replaced`: another one took over');
export type SupporterStatus = z.infer<typeof SupporterStatus>;

/** Who a supporter is: sealed at the edge, and let go of as soon as they are no supporter any more. */
export const SupporterPerson = z
  .strictObject({ name: z.string().trim().min(1).max(40), reach: z.string().trim().min(1).max(40) })
  .meta({ id: 'SupporterPerson' });
export type SupporterPerson = z.infer<typeof SupporterPerson>;

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** `POST …/supporters`: somebody of the person's surroundings is invited, as the person wants. */
export const InviteSupporterBody = z
  .strictObject({
    relation: Relation,
    support: z
      .array(SupportKind)
      .min(1)
      .max(2)
      .refine(distinct, faults.namedTwice.en)
      .meta({ uniqueItems: true }),
    ...SupporterPerson.shape,
    personAgrees: z.literal(true).describe('The person wants this supporter to be invited'),
    replaces: SupporterId.optional().describe('The supporter who dropped out and whose place this one takes'),
  })
  .meta({
    id: 'InviteSupporter',
    example: {
      relation: 'neighbour',
      support: ['practical'],
      name: 'M. de Vries',
      reach: '06 12345678',
      personAgrees: true,
    },
  });
export type InviteSupporterBody = z.infer<typeof InviteSupporterBody>;

/** `PATCH …/supporters/{supporterId}`: what they answered, that they dropped out, or their part after the transfer. */
export const SupporterChangeBody = z
  .union([
    z.strictObject({
      status: z.literal('accepted'),
      consent: z.literal(true).describe("The supporter's own: to be known here, and to be called upon"),
    }),
    z.strictObject({ status: z.enum(['declined', 'dropped-out', 'replaced']) }),
    z.strictObject({
      takesPart: z.boolean().describe('At the transfer meeting: whether they accept their part of the care'),
    }),
  ])
  .meta({ id: 'SupporterChange', example: { status: 'accepted', consent: true } });
export type SupporterChangeBody = z.infer<typeof SupporterChangeBody>;

export const CtiPhase = z.enum(['pre-cti', 'transition', 'try-out', 'transfer-of-care', 'aftercare']);
export type CtiPhase = z.infer<typeof CtiPhase>;

export const ContactKind = z
  .enum(['visit', 'meeting-in-community', 'call', 'missed'])
  .describe('`missed`: it was agreed, and did not take place');
export type ContactKind = z.infer<typeof ContactKind>;

/** Who was there besides who kept the contact, by role. */
export const ContactWith = z.enum(['person', 'professional', ...Relation.options]);
export type ContactWith = z.infer<typeof ContactWith>;

/** `POST …/contacts`: a contact in CTI or aftercare. */
export const ContactBody = z
  .strictObject({
    date: z.iso.date().describe('The day of the contact, today at the latest'),
    kind: ContactKind,
    with: z
      .array(ContactWith)
      .min(1)
      .max(4)
      .refine(distinct, faults.namedTwice.en)
      .meta({ uniqueItems: true })
      .describe(
        'A meeting in the community counts as one with the network when not the person alone was there',
      ),
    note: FreeText.optional().describe('Stands in the timeline, sealed'),
  })
  .meta({
    id: 'RecordContact',
    example: { date: '2026-11-02', kind: 'meeting-in-community', with: ['person', 'neighbour'] },
  });
export type ContactBody = z.infer<typeof ContactBody>;

/** What the support is about. The list is our own, after the areas that the CTI model names [assumed]. */
export const FocusArea = z.enum([
  'housing',
  'money',
  'mental-health',
  'physical-health',
  'substance-use',
  'daily-activities',
  'social-network',
  'family',
  'living-skills',
  'safety',
]);
export type FocusArea = z.infer<typeof FocusArea>;

/** `PUT …/focus-areas`: in place of those there were. */
export const FocusAreasBody = z
  .strictObject({
    areas: z
      .array(FocusArea)
      .min(1)
      .max(3)
      .refine(distinct, faults.namedTwice.en)
      .meta({ uniqueItems: true })
      .describe('One to three (CTI model)'),
  })
  .meta({ id: 'FocusAreas', example: { areas: ['housing', 'money'] } });
export type FocusAreasBody = z.infer<typeof FocusAreasBody>;
