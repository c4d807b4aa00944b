/**
 * A run ends together with something that came in, never by the answer to what was asked within a workflow task: that is
 * given by itself to a worker which rebuilds the run, before what came in at the same time. The real process, no server.
 */
import { expect, it, vi } from 'vitest';
import { OneRun, workflowStandIn } from './support/one-run.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { begin } from '../../domain/step-transitions.ts';
import { outflowRoute } from '../../workflows/outflow-route.ts';
import { aRoute, now, routeId, rules } from '../support/a-route.ts';
import { standStill } from './support/begun-route.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

const at = Date.parse(now);
/** Of so many events that a run may have, some are used up at each place where it could end. */
const budgets = Array.from({ length: 16 }, (_, i) => 4 * i);
const { openingAnswer, municipality, origin, targetGroup, caseManager } = aRoute();

/** A run that has asked the registry within its first workflow task, and heard that it was asked. */
async function begunRun(events: number): Promise<OneRun> {
  const given = { routeId, openingAnswer, municipality, origin, targetGroup, caseManager, by: caseManager };
  const state = begin({ ...given, rules: rules('nl'), now, person: { jwe: 'person' } });
  const run = new OneRun();
  const input = { state, budget: { events, days: 30 }, leavesTraces: true };
  await run.activate(at, { kind: 'start', workflow: outflowRoute, input });
  const [asked] = run.activities.values();
  if (!asked) return run; // it ended before that
  const { requestId } = asked.input as { requestId: string };
  await run.activate(at, { kind: 'activity', seq: asked.seq, local: true, result: requestId });
  return run;
}

const hears = (run: OneRun, news: object) =>
  run.activate(at, { kind: 'signal', name: 'partnerNewsQueued', input: news });
const concern = {
  eventId: 'one',
  party: 'housing-corporation',
  kind: 'concern-raised',
  reason: 'nuisance',
};
const answer = {
  eventId: 'two',
  party: 'civil-registry',
  kind: 'step-completed',
  requestId: `${routeId}:intake.registry-check:1`,
};
const stateOf = (run: OneRun) =>
  (run.outcome as { continued: { state: RouteState } } | undefined)?.continued.state;
const asked = (run: OneRun) => run.commands.filter((command) => command.includes('.request ')).length;

it('a signal that comes behind such an answer is heard, and goes with the route', async () => {
  let ended = 0;
  for (const events of budgets) {
    const run = await begunRun(events);
    expect(asked(run) > 0 && run.outcome !== undefined).toBe(false);
    if (asked(run) === 0) continue;
    await hears(run, concern);
    const state = stateOf(run);
    if (!state) continue;
    ended += 1;
    expect(state.timeline.filter(({ what }) => what === 'concern-raised')).toHaveLength(1);
    expect(run.afterEnd).toEqual([]);
  }
  expect(ended).toBeGreaterThan(0);
});

it('a run that ends leaves it to the next one to ask what comes next', async () => {
  let ended = 0;
  for (const events of budgets) {
    const run = await begunRun(events);
    const before = asked(run);
    if (before === 0) continue;
    await hears(run, answer);
    const state = stateOf(run);
    if (!state) continue;
    ended += 1;
    expect(state.steps['intake.registry-check']?.status).toBe('done');
    expect(state.steps['income.postal-address']).toMatchObject({ status: 'open' });
    expect(state.steps['income.postal-address']?.sentAt).toBeUndefined();
    expect(asked(run)).toBe(before);
  }
  expect(ended).toBeGreaterThan(0);
});

it.each([false, true])(
  'news beside such an answer, in a task of its own (rebuilt: %s)',
  async (isReplaying) => {
    const given = { routeId, openingAnswer, municipality, origin, targetGroup, caseManager, by: caseManager };
    const state = begin({ ...given, rules: rules('nl'), now, person: { jwe: 'person' } });
    const run = new OneRun();
    run.isReplaying = isReplaying;
    await run.activate(at, { kind: 'start', workflow: outflowRoute, input: { state, leavesTraces: true } });
    const [request] = run.activities.values();
    await hears(run, concern);
    const { requestId } = request!.input as { requestId: string };
    await run.activate(at, { kind: 'activity', seq: request!.seq, local: true, result: requestId });
    // A live run is left there. The end of one that is rebuilt was refused: what came in since then is still to be heard.
    expect(run.outcome === undefined).toBe(isReplaying);
    if (!isReplaying) return;
    const before = run.commands.length;
    run.isReplaying = false;
    await hears(run, { ...concern, eventId: 'another' });
    const { timeline } = stateOf(run)!;
    expect(timeline.filter(({ what }) => what === 'concern-raised')).toHaveLength(2);
    expect(run.commands.slice(before).filter((command) => command.startsWith('timer'))).toEqual([]);
  },
);
