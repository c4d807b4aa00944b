/**
 * The words of the field, as closed lists: one word for one thing in code, API, search attributes and texts.
 * The Dutch term of each stands in the glossary of docs/glossary.md.
 */
import { z } from 'zod';

/** Where the person leaves from: MO, VO or BW. */
export const Origin = z
  .enum(['shelter', 'womens-shelter', 'sheltered-living', 'elsewhere'])
  .describe('`elsewhere`: where a target group of a municipality or a region comes from');
export type Origin = z.infer<typeof Origin>;

/** The id of the template that the route follows (rules/target-groups); the core assumes none of them. */
export const TargetGroup = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words with hyphens between them')
  .max(40);
export type TargetGroup = z.infer<typeof TargetGroup>;

/** Outside parties: each is an HTTP service with a port in `activities/`. */
export const PartnerParty = z.enum([
  'debt-service',
  'benefits-office',
  'civil-registry',
  'housing-corporation',
  'support-provider',
  'record-system',
]);
export type PartnerParty = z.infer<typeof PartnerParty>;

/** Whom a route asks: its partners, and the housing agreement of its region, which is a ledger of our own. */
export const AskedParty = z.enum([...PartnerParty.options, 'housing-agreement']);
export type AskedParty = z.infer<typeof AskedParty>;

/** Everybody a route can wait for: whom it asks, the case manager, the municipality it is offered to, and the calendar. */
export const Party = z.enum([...AskedParty.options, 'case-manager', 'receiving-municipality', 'calendar']);
export type Party = z.infer<typeof Party>;

/** To whom a notice about a term goes: a partner, the route's case manager, the process director of its municipality. */
export const Recipient = z.enum([...PartnerParty.options, 'case-manager', 'process-director']);
export type Recipient = z.infer<typeof Recipient>;

/** The tracks that run beside each other over one route. */
export const Track = z.enum(['intake', 'debt', 'income', 'housing', 'cti', 'aftercare', 'closure']);
export type Track = z.infer<typeof Track>;

/** How far the route as a whole is: search attribute `RouteStage`. */
export const Stage = z.enum(['intake', 'housing', 'cti', 'aftercare', 'debt-repayment', 'closed']);
export type Stage = z.infer<typeof Stage>;

/** Search attribute `RouteHealth`, worst last. */
export const Health = z.enum(['OnTrack', 'DueSoon', 'Overdue', 'Deadlocked', 'OnHold', 'Technical']);
export type Health = z.infer<typeof Health>;

/**
 * Search attribute `HomePromise`: how the region's promise of a suitable home stands. One that had passed stays `passed`
 * when its route ends without a home; `ended` is one that could still have been kept then.
 */
export const HomePromiseStatus = z.enum(['running', 'passed', 'kept', 'kept-late', 'ended']);
export type HomePromiseStatus = z.infer<typeof HomePromiseStatus>;

/** What the process itself knows of a step needing from elsewhere, or yielding to others. */
export const ProcessFact = z.enum([
  'address',
  'income',
  'debt.stabilised',
  'debt.arrangement',
  'support',
  'home',
]);
export type ProcessFact = z.infer<typeof ProcessFact>;

/** A fact by its name: of the process, or one that the region's cooperation agreement adds to those. */
export const Fact = z
  .string()
  .max(40)
  .regex(
    /^(?!constructor$)[a-z]+([.-][a-z]+)*$/,
    'must be lower-case words with hyphens or dots between them',
  )
  .describe(
    `${ProcessFact.options.join(', ')}, or a fact that the region's cooperation agreement adds to those`,
  );
export type Fact = z.infer<typeof Fact>;

/** Why a route stands still; typed, so that it can be counted and compared between regions. */
export const Blocker = z.enum([
  'no-identity',
  'no-address',
  'no-income',
  'no-home',
  'debts-without-arrangement',
  'no-support',
  'no-contingent',
  'no-consent',
  'no-agreed-fact',
  'waiting-for-answer',
  'waiting-for-decision',
  'refused-by-party',
  'mutual-precondition',
  'term-running',
  'supporter-lost',
  'concern-open',
  'transfer-offered',
  'erasure-asked',
  'out-of-contact',
  'detained',
  'technical',
]);
export type Blocker = z.infer<typeof Blocker>;

/** What the debt screening found. */
export const Debts = z.enum(['none', 'suspected', 'problematic']);
export type Debts = z.infer<typeof Debts>;

/** A threat that shortens the term of the first talk to three working days (Wgs art. 4(2)). */
export const Threat = z.enum(['eviction', 'utilities', 'health-insurance']);
export type Threat = z.infer<typeof Threat>;

/** Why a person says no to an offer; each has its own consequence. */
export const OfferRefusal = z.enum(['unsuitable', 'unsafe', 'preference']);
export type OfferRefusal = z.infer<typeof OfferRefusal>;

/** Who rents a home: the person, or first the support provider, from whom the person takes the lease over. */
export const Lease = z
  .enum(['own', 'tripartite'])
  .describe('`tripartite` (omklap): the support provider rents, and the person takes over when proven');
export type Lease = z.infer<typeof Lease>;

/**
 * Why somebody first lives in something else than a direct own home. A missing skill is none of the reasons: it is
 * trained in the own home as well (Housing First). The list itself is our own [assumed].
 */
export const LadderReason = z
  .enum(['own-wish', 'safety', 'support-near', 'bridge'])
  .describe(
    '`support-near`: support has to be in the building; `bridge`: until an own home that is found comes free',
  );
export type LadderReason = z.infer<typeof LadderReason>;

/** Why a temporary provision can't wait for the decision (Wmo 2015 art. 2.3.3). The list is our own [assumed]. */
export const ProvisionReason = z
  .enum(['no-roof', 'violence', 'children', 'health', 'other'])
  .describe('`no-roof`: no place to sleep tonight; `children`: a child in danger; `health`: of body or mind');
export type ProvisionReason = z.infer<typeof ProvisionReason>;

/** Why a housing form is advised, besides the words of it. The list is our own [assumed]. */
export const AdviceReason = z
  .enum(['own-wish', 'skills', 'support-need', 'safety', 'household', 'affordable', 'health', 'soonest'])
  .describe(
    '`skills`: what the person can do fits it; `household`: who comes along; `soonest`: it is there before anything else',
  );
export type AdviceReason = z.infer<typeof AdviceReason>;

/** Why somebody moved. The list is our own [assumed]. */
export const MoveReason = z
  .enum(['own-wish', 'end-of-stay', 'ladder-step', 'unsafe', 'eviction', 'unfit-home', 'support-elsewhere'])
  .describe(
    '`end-of-stay`: a stay or a temporary lease ended; `ladder-step`: the next step of the ladder; `unfit-home`: the home can not be lived in (any more); `support-elsewhere`: an admission, or support that is given elsewhere',
  );
export type MoveReason = z.infer<typeof MoveReason>;

/** How a route ended. */
export const Ending = z
  .enum(['completed', 'not-granted', 'closed-early', 'deceased', 'disappeared', 'detained', 'erased'])
  .describe(
    '`disappeared`, `detained`: out of contact, or in detention, for longer than the rules let a route wait; `erased`: the person had their data erased',
  );
export type Ending = z.infer<typeof Ending>;

/** Why a route is on hold. */
export const HoldKind = z
  .enum(['agreed', 'out-of-contact', 'detained'])
  .describe(
    '`agreed`: with the person; `out-of-contact`: nobody knows where they are; `detained`: in detention, until a known day',
  );
export type HoldKind = z.infer<typeof HoldKind>;

/** Why a municipality does not take a route over. The list is our own [assumed]. */
export const DeclineReason = z
  .enum(['not-resident', 'no-local-ties', 'no-capacity', 'unsafe-here', 'information-missing', 'other'])
  .describe('`not-resident`: the person does not live there, and is not about to');
export type DeclineReason = z.infer<typeof DeclineReason>;

/** Roles of people and systems, as the token carries them. */
export const Role = z.enum(['case-manager', 'process-director', 'operations', 'policy', 'person', 'partner']);
export type Role = z.infer<typeof Role>;

/** What became of a piece of partner news. */
export const Receipt = z.enum(['applied', 'early', 'duplicate', 'late', 'queued']);
export type Receipt = z.infer<typeof Receipt>;

export const Language = z.enum(['nl', 'en']);
export type Language = z.infer<typeof Language>;
