/**
 * The state of one route: plain JSON, versioned, all that crosses continue-as-new. Transitions return a new state;
 * a part that did not change keeps its identity.
 */
import type { StepResult } from '../contracts/partner-event.ts';
import type { OpeningAnswer, Person, Wishes } from '../contracts/person.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { Skill, SkillLevels } from '../contracts/skills.ts';
import type { StepStatus, TermSource } from '../contracts/views.ts';
import type {
  AdviceReason,
  Debts,
  Ending,
  HoldKind,
  LadderReason,
  OfferRefusal,
  Origin,
  Receipt,
  Stage,
  TargetGroup,
  Threat,
  Track,
} from '../contracts/vocabulary.ts';
import type { Concerns } from './concerns.ts';
import type { CtiState } from './cti.ts';
import type { Consents } from './consent.ts';
import type { DebtTrackState } from './debt-track.ts';
import { EDITION, type OfEdition } from './edition.ts';
import type { Erasure } from './erasure.ts';
import type { OfferedHome, PartnerNews } from './news.ts';
import type { Outgoing } from './outbox.ts';
import type { RouteAgreement } from './agreement.ts';
import type { HomePromise } from './home-promise.ts';
import type { Impasse } from './impasse.ts';
import type { RoutePlace } from './place.ts';
import type { Round } from './round.ts';
import type { IntakeTerms } from './intake-terms.ts';
import type { Moves } from './moves.ts';
import type { RouteRules } from './rules.ts';
import type { ExtraStepId, ProcessStepId, StepId } from './steps.ts';
import type { RouteTemplate } from './template.ts';
import type { TemporaryProvision } from './temporary-provision.ts';
import type { Transfer } from './transfer.ts';
import { bounded, type LeftOut } from './timeline.ts';

/** A term that goes on under the next attempt, see ongoing-term.ts. */
export type OngoingTerm = Required<Pick<StepRecord, 'termSince' | 'rule' | 'dueAt'>> &
  Pick<StepRecord, 'source' | 'remindAt' | 'reminded' | 'overdue' | 'escalateAt'>;

/** How each step stands that the route has come to. */
export type StepRecords = Readonly<Partial<Record<ProcessStepId, StepRecord>>> &
  Readonly<Record<ExtraStepId, StepRecord>>;

/** One step as it stands. A redo counts `attempt` up and begins it anew. */
export interface StepRecord {
  readonly status: StepStatus;
  readonly attempt: number;
  /** Since when it stands like this: blocked since, open since. */
  readonly since: string;
  readonly rule?: string;
  /** Which rule set gave the date; left out: the one the route is under now. */
  readonly source?: TermSource;
  readonly dueAt?: string;
  /** Moments at which the party is still to be reminded. */
  readonly remindAt?: readonly string[];
  readonly reminded?: true;
  readonly overdue?: true;
  /** When the process director is told, unless the step is closed by then. */
  readonly escalateAt?: string;
  /** When its term began, where that was under an earlier attempt. */
  readonly termSince?: string;
  /** While it is blocked: the term that it will have. */
  readonly ongoing?: OngoingTerm;
  /** A hold moved the end of this period: it is no date that a short month cut off. */
  readonly heldUp?: true;
  /** When the partner accepted the request. */
  readonly sentAt?: string;
  /** No partner accepted the request for longer than the rules allow; it is still being tried. */
  readonly unreachable?: true;
  readonly closedAt?: string;
  readonly result?: StepResult;
  /** It was set aside: it stands as blocked, and the process has not come to it once more yet. */
  readonly aside?: true;
  /** Somebody asked to skip it; somebody else has to confirm. */
  readonly skipAskedBy?: string;
  /** Why it was refused, or which failure made it technical: a code. */
  readonly reason?: string;
  /** The event that closed it, by the short form of its id, so that its second arrival is known for good. */
  readonly eventId?: string;
  /** The attempt is an objection: to the refusal under this earlier one. */
  readonly objectsTo?: number;
  /** Of a refusal: the case manager was told that the term to object runs out. */
  readonly lodgeTold?: true;
  /** When its party ended what it had committed to: what the step yielded holds no longer from then on. */
  readonly endedAt?: string;
}

export interface Offer extends OfferedHome {
  readonly status: 'open' | 'accepted' | 'refused' | 'withdrawn' | 'lapsed';
  readonly madeAt: string;
  readonly answeredAt?: string;
  readonly refusal?: OfferRefusal;
  /** It lay in an excluded area: nobody was asked. */
  readonly byRule?: true;
}

/** Housing training of some skills: what its step, `housing.training`, is about. */
export interface Training {
  /** Those of the latest training. */
  readonly skills: readonly Skill[];
  /** Those of earlier ones that came to their end. */
  readonly before?: readonly Skill[];
}

export interface Decision {
  readonly granted: boolean;
  readonly housingForm?: string | undefined;
  /** By the region's catalogue the form was no direct own home when this was decided. */
  readonly ladder?: true | undefined;
  readonly ladderReason?: LadderReason | undefined;
  /** Why this form is advised. */
  readonly reasons?: readonly AdviceReason[] | undefined;
  readonly reason: Sealed<string>;
  /** Opaque id of who took it; left out in what was decided before it was kept. */
  readonly by?: string | undefined;
}

export interface TimelineRecord {
  readonly at: string;
  readonly what: string;
  readonly by: string;
  readonly stepId?: StepId;
  readonly attempt?: number;
  readonly dueAt?: string;
  readonly rule?: string;
  readonly source?: TermSource;
  readonly reason?: string;
  /** Of consent: its purposes and the day on which it was given, see consent.ts. */
  readonly consent?: string;
  readonly note?: Sealed<string>;
  /** Somebody wrote something with it, for which there was no room. */
  readonly gone?: true;
}

export interface JudgedNews {
  /** In its short form. */
  readonly eventId: string;
  /** The arrival that was judged, see `PartnerNews`. */
  readonly arrival?: string;
  /** What it said, see `PartnerNews`. */
  readonly content?: string;
  readonly receipt: Receipt;
  readonly reason?: string;
  readonly at: string;
}

export type { Ending };

/** All terms stand still, until somebody goes on or the moment has come. */
export interface Hold {
  readonly since: string;
  /** Left out: the person is out of contact, and nobody knows until when. */
  readonly until?: string;
  readonly by: string;
  /** Left out: it was agreed with the person. */
  readonly kind?: Exclude<HoldKind, 'agreed'>;
  /** When the owner is asked to decide; left out once that was done, and where the rules have no time for it. */
  readonly decideAt?: string;
}

export interface RouteState extends OfEdition, IntakeTerms {
  readonly schema: 1;
  readonly routeId: string;
  readonly municipality: string;
  readonly region?: string;
  readonly origin: Origin;
  readonly targetGroup: TargetGroup;
  /** What the target group's template changes of the process; none where it changes nothing. */
  readonly template?: RouteTemplate;
  readonly caseManager: string;
  readonly birthYear?: number;
  readonly startedAt: string;
  readonly rules: RouteRules;
  readonly openingAnswer: Sealed<OpeningAnswer>;
  readonly person?: Sealed<Person>;
  readonly wishes?: Sealed<Wishes>;
  /** Signals that were missed, each as its codes in one text; at most `missedSignalsKept`. */
  readonly missedSignals?: readonly string[];
  /** What was asked about social exclusion, first and last, each in one text; see social-exclusion.ts. */
  readonly exclusion?: readonly string[];
  /** What rests on consent waits for it. Left out of routes that began before it was asked for. */
  readonly asksConsent?: true;
  /** What the person agreed to, or does no longer, by party; see consent.ts. */
  readonly consents?: Consents;
  /** Levels as codes: no words of anybody. */
  readonly skills?: SkillLevels;
  /** The housing training, from the first time on that somebody began one. */
  readonly training?: Training;
  /** Supporters, contacts and focus areas, from the first time on that somebody told of any; see cti.ts. */
  readonly cti?: CtiState;
  /** What was raised about the person, from the first time on that more than a note followed; see concerns.ts. */
  readonly concerns?: Concerns;
  /** Tracks that somebody else looks after, each with its owner, see track-owner.ts. */
  readonly handedOver?: string;
  /** Moves of the person, but for the keys' own; see moves.ts. */
  readonly moves?: Moves;
  /** Code of the housing form that the person wishes for. */
  readonly housingWish?: string;
  readonly debts?: Debts;
  readonly threat?: Threat;
  /** What is known of the debt track besides its steps, from the first of it on; see debt-track.ts. */
  readonly debtTrack?: DebtTrackState;
  /** What was given at once in an emergency: the latest. */
  readonly provision?: TemporaryProvision;
  readonly decision?: Decision;
  /** When it was first decided, also when it is decided anew. */
  readonly decidedAt?: string;
  readonly steps: StepRecords;
  readonly notNeeded: readonly Track[];
  readonly offers: readonly Offer[];
  /** The place of the housing agreement that is reserved for the route. */
  readonly place?: RoutePlace;
  /** How many refusals of this search count towards the agreed maximum; left out: none. */
  readonly preferenceRefusals?: number;
  /** Codes of areas in which the person is not to live, as they named them; bounded, see `areasKept`. */
  readonly excludedAreas?: readonly string[];
  /** Codes of the areas of homes that were refused as unsafe; bounded likewise. */
  readonly unsafeAreas?: readonly string[];
  /** Where a women's shelter is, under a key of its own: no view, no partner and no step opens it. */
  readonly shelterAddress?: Sealed<string>;
  /** The cooperation agreement under which the route began, where one held. */
  readonly agreement?: RouteAgreement;
  /** The suitable home that the region has promised this person; none where the agreement promises nothing. */
  readonly homePromise?: HomePromise;
  /** The deadlock in which the route is. */
  readonly impasse?: Impasse;
  /** The latest rounds of mutual commitments, the last one last; bounded, see `roundsKept`. */
  readonly rounds?: readonly Round[];
  /** News of steps that are not open yet; applied when they open. */
  readonly inbox: readonly PartnerNews[];
  readonly hold?: Hold;
  /** The latest transfer to another municipality; see transfer.ts. */
  readonly transfer?: Transfer;
  /** What is still to be told to others. */
  readonly outbox: readonly Outgoing[];
  /** Short forms of the ids of all news that was judged; bounded, see `newsKept`. */
  readonly known: string;
  /** The latest judgements, for `GET /v1/partner-events`; bounded, see `receiptsKept`. */
  readonly receipts: readonly JudgedNews[];
  /** Commands already carried out: continue-as-new forgets update ids, the state does not. */
  readonly commands: string;
  readonly timeline: readonly TimelineRecord[];
  /** What the timeline had no room for; none while all of it is there. */
  readonly leftOut?: LeftOut;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly changedAt: string;
  /** Counts changes: the ETag. */
  readonly revision: number;
  /** A step that was passed is to be done anew: the next run starts its stages from the top. */
  readonly rerun?: true;
  /** The latest request to erase the person's data; see erasure.ts. */
  readonly erasure?: Erasure;
  readonly ending?: Ending;
  readonly closedAt?: string;
  /** Since when nobody can read what is sealed in here any more. */
  readonly deletedAt?: string;
}

/** What is known when a route starts; everything personal is sealed already. */
export type StartOfRoute = Pick<
  RouteState,
  'routeId' | 'municipality' | 'origin' | 'targetGroup' | 'caseManager' | 'rules' | 'openingAnswer'
> &
  Partial<
    Pick<
      RouteState,
      | 'region'
      | 'template'
      | 'agreement'
      | 'birthYear'
      | 'person'
      | 'wishes'
      | 'debts'
      | 'threat'
      | 'missedSignals'
      | 'asksConsent'
      | 'report'
    >
  > & {
    readonly by: string;
    readonly now: string;
  };

/** The first state of a route. */
export function startOfRoute({ by, now, ...given }: StartOfRoute): RouteState {
  const done = (): StepRecord => ({ status: 'done', attempt: 1, since: now, closedAt: now });
  return {
    schema: 1,
    edition: EDITION,
    ...given,
    startedAt: now,
    steps: {
      ...(given.person && { 'intake.identity': done() }),
      ...(given.wishes && { 'intake.personal-plan': done() }),
    },
    notNeeded: [...(given.template?.without ?? [])],
    offers: [],
    inbox: [],
    outbox: [],
    known: '',
    receipts: [],
    commands: '',
    timeline: [{ at: now, what: 'route-started', by }],
    stage: 'intake',
    stageSince: now,
    changedAt: now,
    revision: 1,
  };
}

/** Replaces parts of the state and writes down what happened, by whom. */
export function changed(
  state: RouteState,
  now: string,
  entry: Omit<TimelineRecord, 'at'> | undefined,
  parts: Partial<RouteState>,
): RouteState {
  const next = {
    ...state,
    ...parts,
    timeline: entry ? [...state.timeline, { at: now, ...entry }] : state.timeline,
    changedAt: now,
    revision: state.revision + 1,
  };
  return { ...next, ...bounded(next) };
}

/** Whether a step is behind the route: done, skipped by two people, or met too late to be asked. */
export function isPassed(record: StepRecord | undefined): boolean {
  return record?.status === 'done' || record?.status === 'skipped' || record?.status === 'not-asked';
}

/** Whether the route has come to a step that has neither come to its end nor been called off. */
export function isUnderWay({ steps }: Pick<RouteState, 'steps'>, stepId: StepId): boolean {
  const record = steps[stepId];
  return record !== undefined && !isPassed(record) && record.status !== 'withdrawn';
}

/** Whether a step's term runs: somebody still has to do something about it. */
export function isRunning({ status }: StepRecord): boolean {
  return status === 'open' || status === 'refused' || status === 'technical';
}

/** Replaces one step's record. */
export function withStep(state: RouteState, stepId: StepId, record: StepRecord): Pick<RouteState, 'steps'> {
  return { steps: { ...state.steps, [stepId]: record } };
}
