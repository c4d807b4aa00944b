/**
 * A forced move while Critical Time Intervention runs, in the real process without a server: the clock starts again by
 * itself, in the next run. Every invariant is looked at after each move (support/checks.ts).
 */
import { expect, it, vi } from 'vitest';
import { addMonths, localDay } from '../../domain/calendar.ts';
import type { StepId } from '../../domain/steps.ts';
import { routeId, rules } from '../support/a-route.ts';
import { give } from './support/acts.ts';
import { finish, goOn } from './support/finish.ts';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';
import type { World } from './support/world.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

const { calendar } = rules('nl');
const today = (world: World) => localDay(new Date(world.now).toISOString(), calendar);

async function untilOpen(world: World, stepId: StepId, attempt = 1): Promise<void> {
  const isThere = () =>
    world.state.steps[stepId]?.status === 'open' && world.state.steps[stepId].attempt === attempt;
  for (let i = 0; i < 400 && !isThere(); i += 1) await goOn(world);
  expect(isThere()).toBe(true);
}

const forcedMove = (world: World) =>
  give(world, {
    kind: 'record-move',
    move: { to: 'own-home', forced: true, reason: 'unsafe', date: today(world) },
  });

it.each(['cti.try-out', 'cti.transfer-of-care', 'cti.transfer-meeting'] as const)(
  'that is told while %s is open gives the person nine months from then on',
  async (stepId) => {
    const world = await begunRoute({ person: { jwe: 'person' }, debts: 'none' });
    await untilOpen(world, stepId);
    const day = today(world);
    await forcedMove(world);
    await untilOpen(world, 'cti.transition', 2);
    await untilOpen(world, 'cti.transfer-of-care', stepId === 'cti.try-out' ? 1 : 2);
    expect(localDay(world.state.steps['cti.transfer-of-care']!.dueAt!, calendar)).toBe(addMonths(day, 9));
    await finish(world);
    expect(world.closed).toBe(true);
    expect(world.state.steps['cti.transition']).toMatchObject({ status: 'done', attempt: 2 });
    const meeting = `${routeId}:cti.transfer-meeting:${stepId === 'cti.transfer-meeting' ? 2 : 1}`;
    expect([...world.taken]).toContain(meeting);
    await world.replayAll();
  },
);
