/** An Update that reaches a run which the Signals beside it have ended. The real process, without a server. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { begin } from '../../domain/step-transitions.ts';
import { aRoute, now, routeId, rules } from '../support/a-route.ts';
import { Checks, Tally } from './support/checks.ts';
import { workflowStandIn } from './support/one-run.ts';
import { World } from './support/world.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

it('is turned away, for the next run to hear, and fails no workflow task', async () => {
  const { openingAnswer, municipality, origin, targetGroup, caseManager } = aRoute();
  const given = { routeId, openingAnswer, municipality, origin, targetGroup, caseManager, by: caseManager };
  const { run, now: at } = await World.start(
    new Checks(new Tally()),
    begin({ ...given, rules: rules('nl'), now }),
  );
  const news = { eventId: 'one', party: 'housing-corporation', kind: 'concern-raised', reason: 'nuisance' };
  const command = { id: 'c', fingerprint: 'f', actor: { subject: 'cm-17' }, command: { kind: 'go-on' } };
  expect(run.validate(at, 'partnerNews', news)).toBeUndefined();
  await run.activate(at, { kind: 'signal', name: 'rollOver', input: undefined });
  expect(run.outcome).toHaveProperty('continued');
  for (const [name, input] of [
    ['partnerNews', news],
    ['partnerNewsTogether', [news]],
    ['command', command],
  ] as const)
    expect(run.validate(at, name, input)).toMatchObject({ refused: 'This run is over: tell the next one' });
});
