/** Concerns about somebody: who raised one and what it is about, what follows from it, and how it was settled. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { FreeText } from './free-text.ts';
import { Instant, StepIdText, SubjectId } from './ids.ts';
import { PartnerParty, Track } from './vocabulary.ts';

export const ConcernKind = z.enum([
  'rent-arrears',
  'nuisance',
  'missed-contact',
  'crisis',
  'supporter-lost',
  'other',
]);
export type ConcernKind = z.infer<typeof ConcernKind>;

/** Who raised a concern: a partner, or somebody around the person. The list is our own [assumed]. */
export const ConcernFrom = z
  .enum([
    ...PartnerParty.options,
    'gp',
    'mental-health-care',
    'neighbourhood-team',
    'neighbour',
    'family',
    'informal-carer',
    'school',
    'police',
    'person',
    'other',
  ])
  .describe('`informal-carer`: mantelzorger; `person`: the person themselves');
export type ConcernFrom = z.infer<typeof ConcernFrom>;

/** What a rule lets follow from a concern. */
export const ConcernFollows = z
  .enum(['note', 'crisis-contact', 'reopen'])
  .describe(
    '`note`: somebody looks after it; `crisis-contact`: the case manager is told at once, and records that there was contact; `reopen`: opening a track again is proposed, and a person confirms it',
  );
export type ConcernFollows = z.infer<typeof ConcernFollows>;

/** Who looks after a concern from now on, in place of the route. The list is our own [assumed]. */
export const ConcernOwner = z.enum([
  'neighbourhood-team',
  'debt-service',
  'support-provider',
  'housing-corporation',
  'gp',
  'mental-health-care',
  'public-health-service',
]);
export type ConcernOwner = z.infer<typeof ConcernOwner>;

export const ConcernOutcome = z.enum(['contact-made', 'track-reopened', 'no-action-needed', 'handed-over']);
export type ConcernOutcome = z.infer<typeof ConcernOutcome>;

/** Made of the id of what raised it: says nothing of the person. */
export const ConcernId = z.string().regex(/^[\w-]{6}$/, faults.shortId.en);

/** `POST …/concerns`: what somebody told, recorded on their behalf. */
export const ConcernBody = z
  .strictObject({ kind: ConcernKind, from: ConcernFrom, note: FreeText.optional() })
  .meta({
    id: 'RaiseConcern',
    example: { kind: 'rent-arrears', from: 'housing-corporation', note: 'Twee maanden niet betaald' },
  });
export type ConcernBody = z.infer<typeof ConcernBody>;

/** `POST …/concerns/{concernId}/settle`. */
export const SettleConcernBody = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('contact-made'), reason: FreeText }),
    z.strictObject({ outcome: z.literal('no-action-needed'), reason: FreeText }),
    z.strictObject({
      outcome: z.literal('track-reopened'),
      track: Track.optional().describe('Left out: the track that is proposed'),
      from: StepIdText.optional().describe('The first step to be done anew; left out: as proposed'),
      reason: FreeText,
    }),
    z.strictObject({ outcome: z.literal('handed-over'), owner: ConcernOwner, reason: FreeText }),
  ])
  .meta({ id: 'SettleConcern', example: { outcome: 'contact-made', reason: 'Vanmiddag langs geweest' } });
export type SettleConcernBody = z.infer<typeof SettleConcernBody>;

/** `POST …/tracks/{track}/hand-over`. */
export const HandOverTrackBody = z.strictObject({ owner: ConcernOwner, reason: FreeText }).meta({
  id: 'HandOverTrack',
  example: { owner: 'debt-service', reason: 'Lost af tot 2029; de kredietbank bewaakt dat' },
});
export type HandOverTrackBody = z.infer<typeof HandOverTrackBody>;

/** A concern that somebody has to look after, or had to; never what was written about it. */
export const ConcernView = z
  .object({
    concernId: ConcernId,
    kind: ConcernKind,
    from: ConcernFrom.describe('Who raised it first'),
    raisedAt: Instant,
    times: z.int().describe('How often it was raised while it was open; nine: nine times or more'),
    follows: ConcernFollows,
    proposes: z
      .object({ track: Track, from: StepIdText })
      .optional()
      .describe('Which track to open again, from which step on; left out: none'),
    dueAt: Instant.optional().describe(
      'Until when; left out once it is settled, or where nothing sets a term',
    ),
    overdue: z.boolean(),
    outcome: ConcernOutcome.optional().describe('Left out: it is open'),
    owner: ConcernOwner.optional(),
    settledAt: Instant.optional(),
    settledBy: SubjectId.optional().describe('Left out once the timeline keeps it no more'),
    sentence: z.string(),
  })
  .meta({ id: 'Concern' });
export type ConcernView = z.infer<typeof ConcernView>;
