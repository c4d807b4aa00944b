/**
 * The way into a home once more, in the real process without a server: the search done anew, the accepted home taken
 * back, keys asked for anew after support has ended. Every invariant is looked at after each move (support/checks.ts).
 */
import { expect, it, vi } from 'vitest';
import type { StepId } from '../../domain/steps.ts';
import { routeId } from '../support/a-route.ts';
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

const reason = { jwe: 'reason' };
const keys = 'housing.key-handover' as const;

/** A route on its way, until one of its steps stands so. */
async function untilStep(stepId: StepId, status: 'open' | 'done'): Promise<World> {
  const world = await begunRoute({ person: { jwe: 'person' }, debts: 'none' });
  await until(world, stepId, status);
  return world;
}

async function until(world: World, stepId: StepId, status: 'open' | 'done'): Promise<void> {
  for (let i = 0; i < 400 && world.state.steps[stepId]?.status !== status; i += 1) await goOn(world);
  expect(world.state.steps[stepId]?.status).toBe(status);
}

const attempts = ({ state: { steps } }: World) =>
  (['housing.offer', 'housing.contract', 'housing.support', keys] as const).map((id) => steps[id]?.attempt);

/** The second home gets a contract and keys of its own, under the support there was, and the route its end. */
async function housedAgain(world: World): Promise<void> {
  await until(world, keys, 'done');
  expect(attempts(world)).toEqual([2, 2, 1, 2]);
  expect([...world.taken]).toEqual(
    expect.arrayContaining([`${routeId}:housing.contract:2`, `${routeId}:${keys}:2`]),
  );
  await finish(world);
  expect(world.closed).toBe(true);
}

it('a search that is done anew while the keys are asked for ends in keys of the home that it found', async () => {
  const world = await untilStep(keys, 'open');
  await give(world, { kind: 'redo', stepId: 'housing.offer', reason });
  expect(world.state.steps['housing.offer']?.status).toBe('open');
  await housedAgain(world);
});

it('an accepted home that the corporation takes back before the keys makes room for another one', async () => {
  const world = await untilStep(keys, 'open');
  const { offerId } = world.state.offers.at(-1)!;
  const off = { party: 'housing-corporation', kind: 'offer-withdrawn', reason: 'let-to-another' } as const;
  await world.tell({ ...off, eventId: 'taken-back', offerId }, 'update');
  expect(world.state.steps['housing.offer']).toMatchObject({ status: 'open', attempt: 2 });
  expect(world.state.offers.at(-1)).toMatchObject({ offerId, status: 'withdrawn' });
  await housedAgain(world);
});

it('keys that are asked for anew after support has ended wait until there is other support', async () => {
  const world = await untilStep(keys, 'done');
  const requestId = `${routeId}:housing.support:1`;
  const ended = { party: 'support-provider', kind: 'commitment-broken', requestId } as const;
  await world.tell({ ...ended, eventId: 'ended' }, 'update');
  expect(world.state.steps[keys]?.status).toBe('done');
  await give(world, { kind: 'redo', stepId: keys, reason });
  expect(world.state.steps[keys]).toMatchObject({ status: 'blocked', attempt: 2 });
  await give(world, { kind: 'redo', stepId: 'housing.support', reason });
  await until(world, keys, 'done');
  expect(attempts(world)).toEqual([1, 1, 2, 2]);
  await finish(world);
  expect(world.closed).toBe(true);
});
