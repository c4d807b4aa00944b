/** What the API shows of a route. Nothing personal: codes, dates, parties, and sentences made of them. */
import { z } from 'zod';
import commitmentsExample from './examples/commitments.json' with { type: 'json' };
import routeList from './examples/route-list.json' with { type: 'json' };
import routeView from './examples/route-view.json' with { type: 'json' };
import timeline from './examples/timeline.json' with { type: 'json' };
import waitList from './examples/wait-list.json' with { type: 'json' };
import { AlarmView, CtiView } from './cti-views.ts';
import { ConcernOwner, ConcernView } from './concern.ts';
import { ConsentPurpose, ConsentsView } from './consent.ts';
import { DebtView } from './debt-progress.ts';
import { ErasureView } from './erasure.ts';
import { Instant, Municipality, OfferId, RouteId, SubjectId } from './ids.ts';
import { MissedSignal } from './missed-signals.ts';
import { SocialExclusionView } from './social-exclusion.ts';
import { OpeningAnswer, Person, Wishes } from './person.ts';
import { TermSource } from './term-source.ts';
import { TransferView } from './transfer.ts';
import {
  AdviceReason,
  Blocker,
  Ending,
  Fact,
  Health,
  HoldKind,
  LadderReason,
  Lease,
  HomePromiseStatus,
  MoveReason,
  OfferRefusal,
  Origin,
  Party,
  ProvisionReason,
  Receipt,
  Stage,
  TargetGroup,
  Track,
} from './vocabulary.ts';

export { TermSource } from './term-source.ts';

/** What else falls with a step that is refused, blocked or overdue, as long as it does not come about. */
export const FallsView = z
  .object({
    facts: z.array(Fact).describe('What it would have yielded'),
    steps: z
      .array(z.object({ stepId: z.string(), title: z.string(), party: Party }))
      .describe('Steps that do not come about without it, those that hang on these among them'),
    atRisk: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .describe('What is no step of the route, as the target group has it'),
    sentence: z.string(),
  })
  .meta({ id: 'Falls' });

const reasonSentence = z
  .string()
  .optional()
  .describe('The reason in words; left out for the code of a partner that has none here');

/** One reason why the route stands still. */
export const Wait = z
  .object({
    stepId: z.string().optional().describe('Left out: it is about the route as a whole, or about the person'),
    track: Track.optional(),
    blocker: Blocker,
    waitingOn: Party,
    since: Instant,
    dueAt: Instant.optional(),
    overdue: z.boolean(),
    term: TermSource.optional(),
    concernId: z.string().optional().describe('Of an open concern'),
    nextMove: z.string().describe('The next lawful move, as a code'),
    sentence: z.string().describe('The same for people, in the language asked for'),
    nextMoveSentence: z.string(),
    moves: z
      .array(
        z.object({
          move: z.enum(['object', 'appeal', 'ask-ex-officio', 'ask-court', 'redo']),
          until: Instant.optional().describe('Until when it can be made'),
          sentence: z.string(),
        }),
      )
      .optional()
      .describe('About a refusal: every lawful move'),
    falls: FallsView.optional(),
  })
  .meta({ id: 'Wait' });
export type Wait = z.infer<typeof Wait>;

/** Why all terms stand still, and until when. */
export const HoldView = z
  .object({
    since: Instant,
    until: Instant.optional().describe(
      'Then the route goes on by itself; left out: the person is out of contact, and until they are found',
    ),
    by: z.string().describe('Opaque id of the person who put it on hold'),
    kind: HoldKind.optional().describe('Left out: agreed'),
    decideAt: Instant.optional().describe(
      'When its owner is asked to decide whether the route still waits; left out: it was asked, or may end so at any time',
    ),
    sentence: z.string(),
    nextMoveSentence: z.string(),
  })
  .meta({ id: 'HoldView' });
export type HoldView = z.infer<typeof HoldView>;

export const StepStatus = z
  .enum(['blocked', 'open', 'done', 'refused', 'technical', 'skipped', 'not-asked', 'withdrawn'])
  .describe(
    '`skipped`: two people agreed to do without; `not-asked`: a later version put it in front of where the route was',
  );
export type StepStatus = z.infer<typeof StepStatus>;

export const StepView = z
  .object({
    stepId: z.string(),
    title: z.string(),
    party: Party,
    status: StepStatus,
    attempt: z.int(),
    objectsTo: z.int().optional().describe('It is an objection: to the refusal under this attempt'),
    since: Instant,
    dueAt: Instant.optional(),
    overdue: z.boolean(),
    term: TermSource.optional(),
    closedAt: Instant.optional(),
    reason: z.string().optional().describe('Why it was refused, or cannot go on: a code'),
    reasonSentence,
  })
  .meta({ id: 'StepView' });
export type StepView = z.infer<typeof StepView>;

export const TrackView = z
  .object({
    track: Track,
    status: z.enum(['not-started', 'running', 'done', 'not-needed', 'handed-over']),
    owner: ConcernOwner.optional().describe('Who looks after it in place of the route'),
    steps: z.array(StepView),
  })
  .meta({ id: 'TrackView' });
export type TrackView = z.infer<typeof TrackView>;

export const OfferView = z
  .object({
    offerId: OfferId,
    status: z
      .enum(['open', 'accepted', 'refused', 'withdrawn', 'lapsed'])
      .describe('`lapsed`: the corporation withdrew it since the answer did not come in time'),
    housingForm: z.string(),
    area: z.string().optional(),
    monthlyRent: z.number().optional(),
    lease: Lease.optional(),
    madeAt: Instant,
    answeredAt: Instant.optional(),
    refusal: OfferRefusal.optional(),
    byRule: z.literal(true).optional().describe('It lay in an excluded area: the person was not asked'),
    counted: z.boolean().describe('It counts towards the agreed maximum of refusals by preference'),
    sentence: z.string().describe('What became of it, for people, in the language asked for'),
  })
  .meta({ id: 'OfferView' });
export type OfferView = z.infer<typeof OfferView>;

/** Moves of the person since the route began. */
export const MovesView = z
  .object({
    total: z.int().describe('The handover of the keys counts as one that was not forced'),
    forced: z.int(),
    latest: z
      .array(
        z.object({
          date: z.iso.date(),
          to: z.string().optional().describe('Code of the housing form; left out: not known'),
          forced: z.boolean(),
          reason: z.enum([...MoveReason.options, 'key-handover']),
        }),
      )
      .describe('The latest twenty, newest first'),
  })
  .meta({ id: 'Moves' });
export type MovesView = z.infer<typeof MovesView>;

const summary = {
  routeId: RouteId,
  municipality: Municipality,
  caseManager: SubjectId,
  targetGroup: TargetGroup,
  stage: Stage,
  health: Health,
  waitingOn: z.array(Party),
  blockers: z.array(Blocker),
  dueAt: Instant.optional(),
  stageSince: Instant,
  changedAt: Instant,
};

/** A row of the list: what Visibility alone can tell. */
export const RouteSummary = z
  .object({ ...summary, status: z.enum(['open', 'closed']) })
  .meta({ id: 'RouteSummary' });
export type RouteSummary = z.infer<typeof RouteSummary>;

export const RouteList = z
  .object({
    items: z.array(RouteSummary),
    nextCursor: z.string().optional().describe('Opaque; left out on the last page'),
  })
  .meta({ id: 'RouteList', example: routeList });
export type RouteList = z.infer<typeof RouteList>;

export const DeadlockView = z
  .object({
    name: z.string().describe('The facts that the parties wait for: the same deadlock has the same name'),
    since: Instant,
    members: z.array(
      z.object({
        stepId: z.string(),
        party: Party,
        wants: z.array(Fact).describe('What this party wants before it begins'),
        owes: z.array(Fact).describe('What others of the deadlock want of it'),
      }),
    ),
    sentence: z.string(),
  })
  .meta({ id: 'Deadlock' });

export const RoundView = z
  .object({
    nr: z.int(),
    name: z.string().describe('The deadlock that it is to break'),
    status: z
      .enum(['asking', 'active', 'kept', 'released', 'broken'])
      .describe('All promises are active together, or none is'),
    askedAt: Instant,
    answerBy: Instant,
    activeSince: Instant.optional(),
    endedAt: Instant.optional(),
    reason: z
      .enum([
        'declined',
        'no-answer',
        'not-asked',
        'dissolved',
        'route-moved',
        'route-ending',
        'broken',
        'not-kept',
      ])
      .optional(),
    sentence: z.string(),
    commitments: z.array(
      z.object({
        party: Party,
        facts: z.array(Fact),
        answer: z.enum(['given', 'declined']).optional(),
        answeredAt: Instant.optional(),
        keepBy: Instant.optional(),
        keptAt: Instant.optional(),
      }),
    ),
  })
  .meta({ id: 'CommitmentRound' });

const commitments = {
  agreement: z.object({ id: z.string(), version: z.string() }).optional(),
  deadlock: DeadlockView.optional(),
  rounds: z.array(RoundView).describe('The latest rounds of mutual conditional commitments, in order'),
};

/** The deadlock of a route, and the rounds of commitments that are to break it. */
export const CommitmentsView = z.object(commitments).meta({ id: 'Commitments', example: commitmentsExample });
export type CommitmentsView = z.infer<typeof CommitmentsView>;

const PlaceView = z
  .object({
    region: z.string(),
    year: z.int(),
    reservationId: z.uuid(),
    corporation: z.string(),
    municipality: Municipality,
    housingForm: z.string(),
    neighbourhood: z.string().optional(),
    until: Instant.describe('When it lapses unless it has become a home'),
    grantedAt: Instant,
    realised: z.boolean().optional().describe('It has become a home'),
    keptFor: OfferId.optional().describe('The accepted offer for whose home it is kept for longer'),
  })
  .meta({ id: 'RoutePlace' });
/** The suitable home that the region promised, counted from the day on which the application was granted. */
export const HomePromiseView = z
  .object({
    status: HomePromiseStatus,
    since: Instant,
    dueAt: Instant,
    signals: z.int().describe('How often it was told that there is no home yet'),
    passedAt: Instant.optional().describe('When it was found that it had not been kept in time'),
    keptAt: Instant.optional().describe('When the keys were handed over'),
    rule: z.string(),
    version: z.string().describe('Of the rule set that gave the date'),
    basis: z.string().describe('The agreement that promises it'),
    sentence: z.string(),
  })
  .meta({ id: 'HomePromiseView' });
export type HomePromiseView = z.infer<typeof HomePromiseView>;

/** What was given at once in an emergency, until the decision. */
export const TemporaryProvisionView = z
  .object({
    since: Instant,
    until: Instant.optional().describe('When the decision was taken, or the route ended; left out: it runs'),
    reason: ProvisionReason,
    by: z.string().describe('Opaque id of the person who gave it'),
    basis: z.string(),
  })
  .meta({ id: 'TemporaryProvisionView' });
export type TemporaryProvisionView = z.infer<typeof TemporaryProvisionView>;

/** The latest decision on the application, but for its words. */
export const DecisionView = z
  .object({
    granted: z.boolean(),
    housingForm: z.string().optional(),
    ladderReason: LadderReason.optional(),
    reasons: z.array(AdviceReason).describe('Why this form is advised'),
    decidedAt: Instant.describe(
      'When it was first decided, also where it was decided anew; new facts after a refusal count from their own decision',
    ),
  })
  .meta({ id: 'DecisionView' });
export type DecisionView = z.infer<typeof DecisionView>;

export const RouteView = z
  .object({
    ...summary,
    healthSentence: z.string().describe('How the route is, for people, in the language asked for'),
    ...commitments,
    origin: Origin,
    region: z.string().optional(),
    startedAt: Instant,
    closedAt: Instant.optional(),
    ending: Ending.optional(),
    ruleSet: z.object({ id: z.string(), version: z.string() }),
    hold: HoldView.optional(),
    transfer: TransferView.optional(),
    erasure: ErasureView.optional().describe('The latest request to erase the data of the person'),
    homePromise: HomePromiseView.optional(),
    facts: z.array(z.string()),
    promised: z.array(Fact).describe('Facts that hold as a promise, and have not come true yet'),
    identified: z.boolean(),
    intakeTerms: z
      .object({
        reportedAt: Instant.optional().describe('The report (melding)'),
        investigateBy: Instant.optional().describe('Wmo 2015 art. 2.3.2(1)'),
        applicationReceivedAt: Instant.optional().describe('The application (aanvraag), where recorded'),
        decideBy: Instant.optional().describe('Wmo 2015 art. 2.3.5(2)'),
      })
      .describe('Nothing of a route that began before these moments were kept'),
    temporaryProvision: TemporaryProvisionView.optional(),
    debt: DebtView.optional(),
    decision: DecisionView.optional(),
    missedSignals: z.array(MissedSignal),
    socialExclusion: SocialExclusionView,
    consents: ConsentsView,
    tracks: z.array(TrackView),
    offers: z.array(OfferView),
    place: PlaceView.optional().describe('The place of the housing agreement that is reserved for the route'),
    preferenceRefusals: z
      .object({ count: z.int(), most: z.int() })
      .optional()
      .describe('Where the cooperation agreement has a maximum; at it the search goes on, after a talk'),
    excludedAreas: z
      .array(z.string())
      .describe(
        'Codes of areas in which no home is put to the person: named ones, and those of unsafe offers',
      ),
    shelterAddress: z.literal('sealed').optional().describe('That it is known; it is never shown'),
    moves: MovesView,
    criticalTimeIntervention: CtiView,
    concerns: z
      .array(ConcernView)
      .describe(
        'Open ones, and the latest that were settled: eight in all; plain notes stand in the timeline',
      ),
    alarms: z.array(AlarmView).describe('What is to be looked at, and holds nothing up'),
    waits: z.array(Wait),
  })
  .meta({ id: 'RouteView', example: routeView });
export type RouteView = z.infer<typeof RouteView>;

export const WaitList = z
  .object({
    hold: HoldView.optional(),
    homePromise: HomePromiseView.optional(),
    alarms: z.array(AlarmView).describe('What is to be looked at, and holds nothing up'),
    items: z.array(Wait),
  })
  .meta({ id: 'WaitList', example: waitList });
export type WaitList = z.infer<typeof WaitList>;

export const TimelineEntry = z
  .object({
    at: Instant,
    what: z.string(),
    by: z.string().describe('A party, or an opaque id of a person at work'),
    stepId: z.string().optional(),
    attempt: z.int().optional(),
    dueAt: Instant.optional(),
    term: TermSource.optional(),
    reason: z.string().optional(),
    reasonSentence,
    consent: z
      .object({ purposes: z.array(ConsentPurpose), givenOn: z.iso.date() })
      .optional()
      .describe('What was given, or withdrawn'),
    note: z
      .string()
      .optional()
      .describe('What was written with it, such as why a step was skipped: to who decides about the route'),
    noteLeftOut: z
      .literal(true)
      .optional()
      .describe('Something was written with it that is kept here no more: there was no room'),
    sentence: z.string(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const Timeline = z
  .object({
    items: z.array(TimelineEntry),
    leftOut: z
      .object({
        entries: z.int().describe('Lines, oldest first: what is routine, then what nobody decided'),
        notes: z
          .int()
          .describe('Texts that somebody wrote, oldest first, and those of partners before those of people'),
        sentence: z.string(),
      })
      .optional()
      .describe('What a long timeline had no room for; left out: nothing, all of it is here'),
  })
  .meta({ id: 'Timeline', example: timeline });
export type Timeline = z.infer<typeof Timeline>;

/** What the route knows of the person, opened for a case manager with the purpose logged. */
export const PersonView = z
  .object({ openingAnswer: OpeningAnswer, person: Person.optional(), wishes: Wishes.optional() })
  .meta({
    id: 'PersonView',
    example: {
      openingAnswer: {
        missedSignals: 'Twee jaar huurachterstand, niemand belde aan',
        neededThen: 'Iemand die meeliep',
      },
      person: { bsn: '999990019' },
      wishes: { living: 'Dicht bij mijn opleiding', areas: ['Roombeek'] },
    },
  });
export type PersonView = z.infer<typeof PersonView>;

/** How an event was judged, asked for afterwards. */
export const EventReceipt = z
  .object({
    eventId: z.string(),
    receipt: Receipt.describe(
      'What it was given; where that is not kept, what it would get if it came again',
    ),
    reason: z
      .string()
      .optional()
      .describe(
        'Why it came too late. `judged-outcome-not-kept`: it was judged, once, and what came of it is kept no more; `duplicate` then does not say that it came twice',
      ),
    reasonSentence,
    judgedAt: Instant.optional(),
  })
  .meta({
    id: 'EventReceipt',
    example: {
      eventId: '7c1f8e52-0b7d-4a55-9b1c-3f2a6d4e8c90',
      receipt: 'late',
      reason: 'superseded',
      reasonSentence: 'sindsdien opnieuw gevraagd',
      judgedAt: '2026-11-02T09:00:01Z',
    },
  });
export type EventReceipt = z.infer<typeof EventReceipt>;
