/** What the API shows of Critical Time Intervention: codes, counts and dates; of nobody who they are, but for one list. */
import { z } from 'zod';
import ctiFidelity from './examples/cti-fidelity.json' with { type: 'json' };
import {
  ContactKind,
  ContactWith,
  CtiPhase,
  FocusArea,
  Relation,
  SupporterId,
  SupporterPerson,
  SupporterStatus,
  SupportKind,
} from './cti.ts';
import { Instant } from './ids.ts';

/** What a method asks for, and where that stands. */
export const NormView = z
  .object({
    norm: z.string().describe('Id of the norm in the rule set'),
    value: z.union([z.int(), z.string()]).describe('A number, or a length of time (ISO 8601)'),
    basis: z.string(),
    ruleSet: z.string(),
    version: z.string(),
  })
  .meta({ id: 'Norm' });
export type NormView = z.infer<typeof NormView>;

export const SupporterView = z
  .object({
    supporterId: SupporterId,
    relation: Relation,
    support: z.array(SupportKind),
    status: SupporterStatus,
    since: Instant,
    consent: z.boolean().describe("The supporter's own consent holds"),
    landing: z
      .boolean()
      .describe('Part of the landing plan in the neighbourhood: by consent, and from its surroundings'),
    takesPart: z.boolean().optional().describe('What they said at the transfer; left out: not asked yet'),
    replaces: SupporterId.optional(),
    sentence: z.string(),
  })
  .meta({ id: 'Supporter' });
export type SupporterView = z.infer<typeof SupporterView>;

const Counts = z.object({
  held: z.int(),
  community: z.int().describe('Of those held: meetings in the community with somebody of the network'),
  missed: z.int(),
});

/** The network, the contacts and the focus areas of a route. Nobody's name. */
export const CtiView = z
  .object({
    phase: CtiPhase.optional().describe('Left out: the route has not come to CTI'),
    focusAreas: z.array(FocusArea),
    supporters: z.array(SupporterView).describe('The latest twelve; who is no supporter any more goes first'),
    contacts: z.object({
      counts: z
        .partialRecord(CtiPhase, Counts)
        .describe('By phase, since the clock of CTI started; all of them, for good'),
      earlier: Counts.optional().describe('Before a forced move, or a relapse, started the clock again'),
      latest: z
        .array(
          z.object({
            date: z.iso.date(),
            phase: CtiPhase,
            kind: ContactKind,
            with: z.array(ContactWith),
          }),
        )
        .describe('The latest twenty, newest first'),
      next: z
        .object({ dueAt: Instant, norm: NormView })
        .optional()
        .describe('By when the phase that runs asks for the next contact'),
    }),
  })
  .meta({ id: 'CriticalTimeIntervention' });
export type CtiView = z.infer<typeof CtiView>;

/** Something that is to be looked at, and holds nothing up: never a failure of the route. */
export const AlarmView = z
  .object({
    alarm: z.enum(['thin-network', 'exclusion-not-asked']),
    stepId: z.string(),
    since: Instant,
    accepted: z.int().optional().describe('Of a thin network: supporters who accepted'),
    norm: NormView.optional().describe('What it is held against; left out: nothing'),
    nextMove: z.string(),
    sentence: z.string(),
    nextMoveSentence: z.string(),
  })
  .meta({ id: 'Alarm' });
export type AlarmView = z.infer<typeof AlarmView>;

/** One figure of how true a route was to the method. */
export const FidelityFigure = z
  .object({
    figure: z.enum([
      'contacts-transition',
      'contacts-try-out',
      'contacts-transfer-of-care',
      'community-meetings',
      'focus-areas',
      'supporters-at-transfer',
      'time-from-move',
    ]),
    verdict: z
      .enum(['met', 'behind', 'not-yet', 'not-met'])
      .describe(
        '`behind`: less than asked for by now, and it can be made up for; `not-met`: its time is over',
      ),
    value: z.number().describe('What there is; of `time-from-move` whole months'),
    due: z.int().optional().describe('How many contacts the norm asks for by now'),
    missed: z.int().optional().describe('Contacts that were agreed, and did not take place'),
    takingPart: z.int().optional().describe('Supporters who accepted their part at the transfer'),
    norm: NormView,
    sentence: z.string(),
  })
  .meta({ id: 'FidelityFigure' });
export type FidelityFigure = z.infer<typeof FidelityFigure>;

export const FidelityView = z
  .object({
    asOf: Instant,
    phase: CtiPhase.optional(),
    since: Instant.optional().describe('When the clock of CTI started: the move'),
    earliestEnd: Instant.optional().describe('There is no discharge before'),
    endedAt: Instant.optional(),
    restarts: z.int().describe('How often a forced move or a relapse started the clock again'),
    items: z.array(FidelityFigure).describe('None where the route began under rules without norms'),
  })
  .meta({ id: 'CtiFidelity', example: ctiFidelity });
export type FidelityView = z.infer<typeof FidelityView>;

/** Who the supporters are, opened for a case manager with the access logged. */
export const SupporterList = z
  .object({ items: z.array(SupporterView.extend({ person: SupporterPerson.optional() })) })
  .meta({
    id: 'SupporterList',
    example: {
      items: [
        {
          supporterId: 'nb4Xk2',
          relation: 'neighbour',
          support: ['practical'],
          status: 'accepted',
          since: '2026-11-02T09:00:00Z',
          consent: true,
          landing: true,
          sentence: 'Buur: doet mee sinds 2026-11-02',
          person: { name: 'M. de Vries', reach: '06 12345678' },
        },
      ],
    },
  });
export type SupporterList = z.infer<typeof SupporterList>;
