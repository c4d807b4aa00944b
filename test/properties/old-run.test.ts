/** Terms go on in a run that is thirty days old and cannot end yet. The real process, without a server. */
import { expect, it, vi } from 'vitest';
import { nextMoment } from '../../domain/moments.ts';
import { give } from './support/acts.ts';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

const DAY_MS = 86_400_000;

it('while a partner takes no request, the run stays and each term passes on its day', async () => {
  const world = await begunRoute();
  await world.until(world.now + 28 * DAY_MS);
  world.partnersUp = false;
  await give(world, { kind: 'identify', person: { jwe: 'person' } });
  const asked = world.state.steps['intake.registry-check']!;
  await world.until(world.now + 100 * DAY_MS);

  expect(world.runs).toBe(1);
  expect(world.state.steps['intake.registry-check']).toMatchObject({ status: 'open', overdue: true });
  const entries = world.state.timeline.filter(({ stepId }) => stepId === 'intake.registry-check');
  const told = (what: string) => entries.find((each) => each.what === what)?.at;
  expect(told('step-due-soon')).toBe(asked.remindAt![0]);
  expect(told('step-overdue')).toBe(asked.dueAt);
  const next = nextMoment(world.state);
  expect(next === undefined || Date.parse(next) > world.now).toBe(true);

  world.partnersUp = true;
  await world.letPartnersAnswer();
  expect(world.runs).toBe(2);
});
