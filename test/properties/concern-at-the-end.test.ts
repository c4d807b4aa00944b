/** A route that has done all else does not end over an open concern. The real process, without a server. */
import { expect, it, vi } from 'vitest';
import { openConcernsOf } from '../../domain/concerns.ts';
import { answer, give } from './support/acts.ts';
import { finish, goOn } from './support/finish.ts';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';
import type { World } from './support/world.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

const last = 'aftercare.second-check-in';
const reason = { jwe: 'reason' };
const settle = (world: World, more: object) => {
  const { concernId } = openConcernsOf(world.state)[0]!;
  return give(world, { kind: 'settle-concern', concernId, outcome: 'contact-made', reason, ...more });
};

/** A route of which all was done but that a concern is open. */
async function allButOver(): Promise<World> {
  const world = await begunRoute({ person: { jwe: 'person' }, debts: 'none' });
  for (let i = 0; i < 400 && world.state.steps[last]?.status !== 'open'; i += 1) await goOn(world);
  await give(world, { kind: 'raise-concern', concernId: 'abcdef', concern: 'crisis', from: 'gp' });
  const { attempt } = world.state.steps[last]!;
  await world.tell({ ...answer(world, last, 'step-completed', attempt), eventId: 'the-end' }, 'update');
  expect([world.state.steps[last]?.status, world.state.ending]).toEqual(['done', undefined]);
  await world.crash();
  return world;
}

it('settled, the route is completed', async () => {
  const world = await allButOver();
  await settle(world, { outcome: 'handed-over', owner: 'neighbourhood-team' });
  expect(world.state.ending).toBe('completed');
  await finish(world);
  expect(world.closed).toBe(true);
  await world.replayAll();
});

it('a track that it opens again is gone through once more, and what else was reached is kept', async () => {
  const world = await allButOver();
  const { steps } = world.state;
  await settle(world, { outcome: 'track-reopened', track: 'cti', from: 'cti.transfer-of-care' });
  expect(world.state.ending).toBeUndefined();
  expect(world.state.steps['cti.transfer-of-care']).toMatchObject({ status: 'open', attempt: 2 });
  await finish(world);
  expect([world.closed, world.state.ending]).toEqual([true, 'completed']);
  for (const kept of ['housing.key-handover', 'cti.try-out', last] as const)
    expect(world.state.steps[kept]).toEqual(steps[kept]);
  await world.replayAll();
});

it('a track that is handed to a named owner is waited for no longer', async () => {
  const world = await begunRoute({ person: { jwe: 'person' }, debts: 'problematic' });
  for (let i = 0; i < 400 && world.state.steps[last]?.status !== 'done'; i += 1) await goOn(world);
  expect([world.state.steps['debt.repayment']?.status, world.state.stage]).toEqual([
    'open',
    'debt-repayment',
  ]);
  await world.crash();
  await give(world, { kind: 'hand-over-track', track: 'debt', owner: 'debt-service', reason });
  expect(world.state.ending).toBe('completed');
  await finish(world);
  expect([world.closed, world.state.steps['debt.repayment']?.status]).toEqual([true, 'withdrawn']);
  await world.replayAll();
});

it('one that comes while the file is on its way is settled before the route closes', async () => {
  const world = await allButOver();
  world.partnersUp = false;
  await settle(world, {});
  expect(world.state.ending).toBe('completed');
  const news = { party: 'support-provider', kind: 'concern-raised', reason: 'crisis' } as const;
  await world.tell({ ...news, eventId: 'late' }, 'update');
  world.partnersUp = true;
  await world.letPartnersAnswer();
  const file = { ...answer(world, 'closure.file', 'step-completed', 1), eventId: 'file' };
  await world.tell(file, 'update');
  expect([world.state.steps['closure.file']?.status, world.closed]).toEqual(['done', false]);
  await settle(world, { outcome: 'no-action-needed' });
  expect(world.closed).toBe(true);
  await world.replayAll();
});
