/**
 * Whatever happens to a route, in whatever order: news that is right, early, late, doubled or nobody's; people who
 * decide, repair, hold and hand over; days that pass with and without a worker; crashes and new runs. The real
 * process runs (see support/one-run.ts); after everything that happens, every invariant is looked at.
 *
 * PROPERTY_RUNS=2000 plays more routes, PROPERTY_SEED another set of them.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stepIds } from '../../domain/steps.ts';
import { begin } from '../../domain/step-transitions.ts';
import { carriedOf } from '../../domain/template.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { agreement, aRoute, now, rules, routeId } from '../support/a-route.ts';
import { Broken, Checks, invariants, Tally, type Invariant } from './support/checks.ts';
import { finish } from './support/finish.ts';
import { move, type Move } from './support/moves.ts';
import { workflowStandIn } from './support/one-run.ts';
import { play } from './support/play.ts';
import { World } from './support/world.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));

const runs = Number(process.env['PROPERTY_RUNS'] ?? 130);
// One with which so few routes meet everything that must happen.
const seed = Number(process.env['PROPERTY_SEED'] ?? 11);

/** Every target group that changes the process, and one that does without tracks. */
const { groups } = await loadRuleBook(now);
const templates = [
  ...[...groups.values()].flatMap((group) => carriedOf(group) ?? []),
  { id: 'short', version: '2026-07-01', without: ['cti', 'aftercare'] as const },
];

const start = fc.record({
  set: fc.constantFrom('nl' as const, 'demo' as const),
  known: fc.record(
    {
      person: fc.constant({ jwe: 'person' }),
      wishes: fc.constant({ jwe: 'wishes' }),
      debts: fc.constantFrom('none' as const, 'problematic' as const),
      agreement: fc.constant(agreement),
      template: fc.constantFrom(...templates),
    },
    { requiredKeys: [] },
  ),
});

const tally = new Tally();

/** A property over routes that never come anywhere proves nothing. */
const mustHappen = [
  ...stepIds.map((stepId) => `passed ${stepId}`),
  ...['change-case-manager', 'close-early', 'adopt-rules', 'exclude-areas', 'seal-shelter-address'].map(
    (kind) => `command ${kind} done`,
  ),
  ...[
    'identify',
    'decide',
    'answer-offer',
    'redo',
    'skip',
    'complete',
    'reopen',
    'hold',
    'go-on',
    'begin-training',
    'object',
    'begin-step',
    'record-debt-progress',
    'record-move',
    'invite-supporter',
    'change-supporter',
    'record-contact',
    'set-focus-areas',
    'raise-concern',
    'settle-concern',
    'offer-transfer',
    'withdraw-transfer',
    'decline-transfer',
    'accept-transfer',
  ].map((kind) => `command ${kind} done`),
  ...['applied', 'early', 'duplicate'].map((receipt) => `receipt ${receipt}`),
  ...['superseded', 'already-answered', 'unknown-request', 'not-your-step', 'offer-not-open'].map(
    (reason) => `receipt late ${reason}`,
  ),
  ...['completed', 'closed-early', 'not-granted', 'deceased'].map((ending) => `ending ${ending}`),
  ...['late kind-unknown', 'late unreadable'].map((told) => `garbage ${told}`),
  'continued as new',
  'a statutory term went on',
  'an objection was well-founded',
  'place granted',
  'place ended',
  'accepted home withdrawn',
  'support ended after the keys',
];

async function live(from: { set: 'nl' | 'demo'; known: object }, moves: readonly Move[]): Promise<void> {
  const { openingAnswer, municipality, origin, targetGroup, caseManager } = aRoute();
  const given = { routeId, openingAnswer, municipality, origin, targetGroup, caseManager, by: caseManager };
  const checks = new Checks(tally);
  const region = 'agreement' in from.known ? { region: 'twente' } : {};
  const known = { ...from.known, ...region };
  const world = await World.start(checks, begin({ ...given, ...known, rules: rules(from.set), now }));
  for (const each of moves) await play(world, each);
  await finish(world);
  checks.that('from everywhere a route reaches its end', world.closed, () =>
    JSON.stringify(world.state.steps),
  );
  checks.ended(world.state);
  await world.replayAll();
  tally.count(`ending ${world.state.ending}`);
}

describe('whatever happens to a route', () => {
  let broken: { invariant: Invariant | undefined; text: string } | undefined;

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const property = fc.asyncProperty(start, fc.array(move, { maxLength: 80, size: 'max' }), live);
    const { failed, counterexample, counterexamplePath, errorInstance, numRuns } = await fc.check(property, {
      numRuns: runs,
      seed,
      // Shrinking takes long, and helps little after some minutes.
      interruptAfterTimeLimit: 1000 * Number(process.env['PROPERTY_SECONDS'] ?? 600),
    });
    if (!failed) return;
    const at = `PROPERTY_SEED=${seed}, path ${counterexamplePath}, after ${numRuns} routes`;
    broken = {
      invariant: errorInstance instanceof Broken ? errorInstance.invariant : undefined,
      text: `${errorInstance instanceof Error ? errorInstance.stack : String(errorInstance)}\n${at}\n${JSON.stringify(counterexample)}`,
    };
  }, 3_600_000);

  afterAll(() => {
    vi.useRealTimers();
  });

  it('nothing goes wrong that has no name', () => {
    expect(broken?.invariant ? undefined : broken?.text).toBeUndefined();
  });

  it.each(invariants)('%s', (invariant) => {
    expect(broken?.invariant === invariant ? broken.text : undefined).toBeUndefined();
    expect(broken ? 'broken before' : tally.counts.get(invariant)).toBeTruthy();
  });

  it('everything that can happen did happen', () => {
    const missing = mustHappen.filter(
      (what) => ![...tally.counts.keys()].some((each) => each.startsWith(what)),
    );
    expect(broken ? [] : missing).toEqual([]);
  });
});
