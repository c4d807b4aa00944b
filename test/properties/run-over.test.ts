/** An Update that reaches a run which the Signals beside it have ended. The real process, without a server. */
import { expect, it, vi } from 'vitest';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

it('is turned away, for the next run to hear, and fails no workflow task', async () => {
  const { run, now: at } = await begunRoute();
  const news = { eventId: 'one', party: 'housing-corporation', kind: 'concern-raised', reason: 'nuisance' };
  const command = { id: 'c', fingerprint: 'f', actor: { subject: 'cm-17' }, command: { kind: 'go-on' } };
  expect(run.validate(at, 'partnerNews', news)).toBeUndefined();
  await run.activate(at, { kind: 'signal', name: 'rollOver', input: undefined });
  expect(run.outcome).toHaveProperty('continued');
  for (const [name, input] of [
    ['partnerNews', news],
    ['partnerNewsTogether', [news]],
    ['command', command],
  ] as const) {
    const turnedAway = { refused: 'This run is over: tell the next one' };
    expect(run.validate(at, name, input)).toMatchObject(turnedAway);
    // It was let in, and the run ended before its turn came.
    expect(await run.activate(at, { kind: 'update', name, input })).toMatchObject(turnedAway);
  }
  expect(run.afterEnd).toEqual([]);
});
