/**
 * What can happen to a route: plain moves that name what they act on by a number, taken modulo what there is to act
 * on at that moment. So any list of them can be played, a shorter one still can, and a failing one can be pasted
 * into a test.
 */
import fc from 'fast-check';
import type { PartnerNews } from '../../../domain/news.ts';
import type { DebtProgress } from '../../../contracts/debt-progress.ts';
import { stepIds, steps, type StepId } from '../../../domain/steps.ts';
import { ConcernKind, ConcernOutcome } from '../../../contracts/concern.ts';
import { OfferRefusal, type Track } from '../../../contracts/vocabulary.ts';
import { Skill, type SkillLevel } from '../../../contracts/skills.ts';
import type { OwnableTrack } from '../../../domain/track-owner.ts';
import type { Fate } from './world.ts';

type Way = 'update' | 'signal';
/** What stands where an attempt belongs. */
type Form = 'plain' | 'padded' | 'zero' | 'other-route' | 'no-step' | 'none';

export type Move =
  | {
      readonly move: 'answer';
      readonly pick: number;
      readonly refuse: boolean;
      readonly result: Result;
      readonly way: Way;
    }
  | {
      readonly move: 'news';
      /** A number: one of the steps that the route has come to, those with the most attempts first. */
      readonly stepId: StepId | number;
      /** Counted from the attempt that the step is at. */
      readonly offset: number;
      readonly kind: 'step-completed' | 'step-refused' | 'offer-made';
      readonly party: PartnerNews['party'] | 'its-own';
      readonly form: Form;
      readonly way: Way;
    }
  | { readonly move: 'tell-again'; readonly pick: number; readonly way: Way }
  | {
      readonly move: 'concern';
      readonly party: PartnerNews['party'];
      readonly kind: ConcernKind | 'unheard-of';
      readonly way: Way;
    }
  | {
      readonly move: 'withdraw';
      readonly pick: number;
      readonly party: PartnerNews['party'];
      readonly reason: 'let-to-another' | 'answer-term-passed';
      readonly way: Way;
    }
  | {
      readonly move: 'commitment';
      /** What was never promised, or the support that was committed to. */
      readonly about: 'debt.plan' | 'housing.support';
      readonly kind: 'commitment-given' | 'commitment-declined' | 'commitment-broken';
    }
  | {
      readonly move: 'place';
      readonly kind: 'place-granted' | 'place-ended';
      readonly pick: number;
    }
  | { readonly move: 'garbage'; readonly input: unknown; readonly way: Way }
  | { readonly move: 'order'; readonly command: CommandMove; readonly by: string; readonly foreign: boolean }
  | { readonly move: 'order-again'; readonly pick: number; readonly altered: boolean }
  | { readonly move: 'next-moment'; readonly late: boolean }
  | { readonly move: 'time'; readonly hours: number; readonly late: boolean }
  /** Goes on as the route itself says, so that the rest happens somewhere along the way. */
  | { readonly move: 'walk'; readonly steps: number }
  | { readonly move: 'partners'; readonly up: boolean }
  | { readonly move: 'deliver'; readonly pick: number; readonly fate: Fate }
  | { readonly move: 'crash' | 'spend-history' | 'roll-over' };

type Result = NonNullable<PartnerNews['result']>;

export type CommandMove =
  | { readonly kind: 'identify' | 'go-on' | 'close-early' }
  | { readonly kind: 'decide'; readonly granted: boolean; readonly ladder?: boolean }
  | { readonly kind: 'record-skills'; readonly level: SkillLevel }
  | { readonly kind: 'wish-for-housing'; readonly wished: boolean }
  | {
      readonly kind: 'answer-offer';
      readonly pick: number;
      readonly accepted: boolean;
      readonly reason: OfferRefusal;
    }
  | { readonly kind: 'exclude-areas'; readonly areas: readonly string[] }
  | { readonly kind: 'seal-shelter-address' }
  | { readonly kind: 'record-move'; readonly forced: boolean }
  | { readonly kind: 'invite-supporter' | 'record-contact' | 'set-focus-areas'; readonly pick: number }
  | {
      readonly kind: 'change-supporter';
      readonly pick: number;
      readonly to: 'accepted' | 'declined' | 'dropped-out' | 'replaced' | 'takes-part';
    }
  | { readonly kind: 'raise-concern'; readonly concern: ConcernKind; readonly pick: number }
  | {
      readonly kind: 'settle-concern';
      readonly pick: number;
      readonly outcome: ConcernOutcome;
      /** Left out: as it is proposed. */
      readonly track: Track | undefined;
    }
  | { readonly kind: 'hand-over-track'; readonly track: OwnableTrack }
  | { readonly kind: 'begin-training'; readonly skills: readonly Skill[] }
  | { readonly kind: 'begin-step'; readonly stepId: string; readonly days: number }
  | {
      readonly kind: 'record-debt-progress';
      readonly what: DebtProgress['what'];
      /** How many months ago. */
      readonly ago: number;
    }
  | { readonly kind: 'redo' | 'skip'; readonly stepId: string }
  | { readonly kind: 'redo-one' | 'skip-one' | 'complete-one'; readonly pick: number }
  /** `refusing`: first the registry refuses the postal address, unless that was answered. */
  | {
      readonly kind: 'object';
      readonly pick: number;
      readonly refusing: boolean;
      readonly lodgedDaysAgo: number;
    }
  | { readonly kind: 'begin-ex-officio'; readonly refusing: boolean }
  | { readonly kind: 'complete'; readonly stepId: string; readonly result: Result }
  | { readonly kind: 'reopen'; readonly track: Track; readonly from: string | undefined }
  | {
      readonly kind: 'hold';
      readonly days: number;
      readonly absence: 'out-of-contact' | 'detained' | undefined;
    }
  | { readonly kind: 'end-absence'; readonly ending: 'disappeared' | 'detained' | 'deceased' }
  | { readonly kind: 'offer-transfer'; readonly days: number }
  | { readonly kind: 'withdraw-transfer' | 'decline-transfer' }
  | { readonly kind: 'accept-transfer'; readonly agreed: boolean }
  | { readonly kind: 'change-case-manager'; readonly caseManager: string }
  | { readonly kind: 'adopt-rules'; readonly set: 'nl' | 'demo' | 'later' };

const partners = [...new Set(stepIds.map((id) => steps[id].party))].filter(
  (party): party is PartnerNews['party'] => party !== 'case-manager' && party !== 'calendar',
);
const people = ['cm-17', 'cm-21', 'director-3'];
const tracks: readonly Track[] = ['intake', 'debt', 'income', 'housing', 'cti', 'aftercare', 'closure'];

const pick = fc.nat(40);
const seldom = fc.nat(5).map((n) => n === 5);
const stepId = fc.constantFrom(...stepIds);
const anyStepId: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: stepId },
  fc.constantFrom('no.such-step', 'toString'),
);
const begun = stepIds.filter((id) => steps[id].byCommand);
const party = fc.constantFrom(...partners);
const way = fc.constantFrom<Way>('update', 'signal');
const result: fc.Arbitrary<Result> = fc.record(
  {
    debts: fc.constantFrom('none' as const, 'problematic' as const),
    threat: fc.constantFrom('eviction' as const),
    addressKnown: fc.boolean(),
    skills: fc.constantFrom({ 'handling-money': 2 as const }),
  },
  { requiredKeys: [] },
);

const command: fc.Arbitrary<CommandMove> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('identify' as const, 'go-on' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      granted: seldom.map((not) => !not),
      ladder: seldom,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('record-skills' as const),
      level: fc.constantFrom<SkillLevel>(0, 1, 2, 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wish-for-housing' as const), wished: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('record-move' as const), forced: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'invite-supporter' as const,
        'invite-supporter' as const,
        'record-contact' as const,
        'set-focus-areas' as const,
      ),
      pick,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change-supporter' as const),
      pick,
      to: fc.constantFrom('accepted', 'accepted', 'declined', 'dropped-out', 'replaced', 'takes-part'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('raise-concern' as const),
      concern: fc.constantFrom(...ConcernKind.options),
      pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('settle-concern' as const),
      pick,
      outcome: fc.constantFrom(...ConcernOutcome.options, 'track-reopened'),
      track: fc.option(fc.constantFrom(...tracks), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hand-over-track' as const),
      track: fc.constantFrom('debt' as const, 'aftercare' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('begin-training' as const),
      skills: fc.subarray([...Skill.options], { minLength: 1 }),
    }),
  },
  {
    weight: 13,
    arbitrary: fc.record({
      kind: fc.constant('begin-step' as const),
      // Those that can be begun for some time only, more often.
      stepId: fc.constantFrom(
        ...begun,
        ...begun.filter((id) => steps[id].kind === 'period'),
        'debt.compulsory-settlement',
        'debt.compulsory-settlement',
      ),
      days: fc.oneof(fc.constant(0), fc.nat(200)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record-debt-progress' as const),
      what: fc.constantFrom('creditors-answered', 'repayment-missed', 'repayment-made-up'),
      ago: fc.nat(2),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('answer-offer' as const),
      pick,
      accepted: fc.boolean(),
      reason: fc.constantFrom(...OfferRefusal.options),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('exclude-areas' as const),
      areas: fc.subarray(['BU01530101', '7511', '7512', '7513']),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'seal-shelter-address' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('redo-one' as const, 'skip-one' as const, 'complete-one' as const),
      pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('object' as const),
      pick,
      refusing: fc.boolean(),
      lodgedDaysAgo: fc.constantFrom(0, 0, 0, 30),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('begin-ex-officio' as const), refusing: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('redo' as const, 'skip' as const), stepId: anyStepId }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('redo' as const),
      stepId: fc.constantFrom('housing.offer', 'housing.offer-answer', 'housing.key-handover'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('complete' as const), stepId: anyStepId, result }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...tracks).chain((track) =>
      fc.record({
        kind: fc.constant('reopen' as const),
        track: fc.constant(track),
        from: fc.option(
          fc.oneof(
            { weight: 5, arbitrary: fc.constantFrom(...stepIds.filter((id) => steps[id].track === track)) },
            anyStepId,
          ),
          { nil: undefined },
        ),
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      days: fc.oneof(fc.integer({ min: -1, max: 0 }), { weight: 5, arbitrary: fc.nat(90) }),
      absence: fc.constantFrom(undefined, undefined, 'out-of-contact' as const, 'detained' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('change-case-manager' as const),
      caseManager: fc.constantFrom(...people),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('adopt-rules' as const),
      set: fc.constantFrom('nl' as const, 'demo' as const, 'later' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('offer-transfer' as const),
      days: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constantFrom('withdraw-transfer' as const, 'decline-transfer' as const) }),
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('accept-transfer' as const), agreed: fc.boolean() }),
      },
    ),
  },
);
/** What ends a route: seldom, or most routes would not live long enough. */
const lastCommand: fc.Arbitrary<CommandMove> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close-early' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('end-absence' as const),
      ending: fc.constantFrom('disappeared' as const, 'detained' as const, 'deceased' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('decide' as const), granted: fc.constant(false) }),
  },
);
const order = (of: fc.Arbitrary<CommandMove>) =>
  fc.record({
    move: fc.constant('order' as const),
    command: of,
    by: fc.constantFrom(...people),
    foreign: fc.integer({ min: 0, max: 30 }).map((n) => n === 30),
  });

export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({
      move: fc.constant('answer' as const),
      pick,
      refuse: seldom,
      result,
      way,
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      move: fc.constant('news' as const),
      stepId: fc.oneof(stepId, fc.nat(12)),
      offset: fc.integer({ min: -1, max: 2 }),
      kind: fc.constantFrom(
        'step-completed' as const,
        'step-completed' as const,
        'step-refused' as const,
        'offer-made' as const,
      ),
      party: fc.oneof({ weight: 8, arbitrary: fc.constant('its-own' as const) }, party),
      form: fc.oneof(
        { weight: 12, arbitrary: fc.constant<Form>('plain') },
        fc.constantFrom<Form>('padded', 'zero', 'other-route', 'no-step', 'none'),
      ),
      way,
    }),
  },
  { weight: 5, arbitrary: fc.record({ move: fc.constant('tell-again' as const), pick, way }) },
  {
    weight: 4,
    arbitrary: fc.record({
      move: fc.constant('concern' as const),
      party,
      kind: fc.constantFrom(...ConcernKind.options, 'unheard-of' as const),
      way,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      move: fc.constant('withdraw' as const),
      pick,
      party: fc.oneof({ weight: 6, arbitrary: fc.constant('housing-corporation' as const) }, party),
      reason: fc.constantFrom('let-to-another' as const, 'answer-term-passed' as const),
      way,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      move: fc.constant('commitment' as const),
      about: fc.constantFrom('debt.plan' as const, 'housing.support' as const, 'housing.support' as const),
      kind: fc.constantFrom(
        'commitment-given' as const,
        'commitment-declined' as const,
        'commitment-broken' as const,
        'commitment-broken' as const,
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      move: fc.constant('place' as const),
      kind: fc.constantFrom('place-granted' as const, 'place-ended' as const),
      pick,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      move: fc.constant('garbage' as const),
      input: fc.constantFrom<unknown>(
        null,
        {},
        'text',
        { eventId: 'odd', kind: 'unheard-of' },
        { eventId: 'odder', party: 'debt-service', kind: 'step-completed', requestId: 7 },
      ),
      way,
    }),
  },
  { weight: 27, arbitrary: order(command) },
  { weight: 1, arbitrary: order(lastCommand) },
  {
    weight: 3,
    arbitrary: fc.record({ move: fc.constant('order-again' as const), pick, altered: fc.boolean() }),
  },
  { weight: 9, arbitrary: fc.record({ move: fc.constant('next-moment' as const), late: fc.boolean() }) },
  {
    weight: 7,
    arbitrary: fc.record({
      move: fc.constant('time' as const),
      hours: fc.oneof(fc.nat(48), fc.nat(24 * 200)),
      late: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ move: fc.constant('walk' as const), steps: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 4, arbitrary: fc.record({ move: fc.constant('partners' as const), up: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      move: fc.constant('deliver' as const),
      pick,
      fate: fc.constantFrom<Fate>('arrives', 'is-lost', 'is-rejected'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      move: fc.constantFrom('crash' as const, 'spend-history' as const, 'roll-over' as const),
    }),
  },
);
