/** A request that partners did not take yet, when consent is withdrawn: the real process, without a server. */
import { expect, it, vi } from 'vitest';
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

const party = 'support-provider';
const consent = {
  kind: 'give-consent',
  party,
  purposes: ['housing-training'],
  givenOn: '2026-11-01',
} as const;
const training = { kind: 'begin-training', skills: ['handling-money'] } as const;
const underWay = (world: World) =>
  [...world.run.activities.values()].map(({ name, input }) => {
    const { stepId, known } = input as { stepId?: string; known?: object };
    return { name, stepId, known };
  });

it('a request that is being tried when consent is withdrawn is not sent, and goes when consent comes', async () => {
  const world = await begunRoute({ asksConsent: true, person: { jwe: 'person' }, debts: 'none' });
  await give(world, training);
  expect(world.state.steps['housing.training']?.status).toBe('blocked');
  world.partnersUp = false;
  await give(world, consent);
  expect(world.state.steps['housing.training']).toMatchObject({ status: 'open', attempt: 1 });
  const toProvider = () => underWay(world).filter(({ known = {} }) => 'skills' in known);
  expect(toProvider()).toHaveLength(1);

  await give(world, { kind: 'withdraw-consent', party });
  expect(toProvider()).toEqual([]);
  expect(world.state.steps['housing.training']).toMatchObject({ status: 'blocked', attempt: 2 });
  await world.rollOver();
  world.partnersUp = true;
  await world.letPartnersAnswer();
  expect([...world.taken].filter((key) => key.includes('housing.training'))).toEqual([]);

  await give(world, consent);
  const { attempt, sentAt } = world.state.steps['housing.training']!;
  expect([attempt, sentAt !== undefined]).toEqual([2, true]);
  const trained = { ...answer(world, 'housing.training', 'step-completed', 2), eventId: 'trained' };
  await world.tell(trained, 'update');
  await finish(world);
  expect(world.closed).toBe(true);
  await world.replayAll();
});

it('a search that is being tried when consent is withdrawn goes on without the areas that were named', async () => {
  const world = await begunRoute({ asksConsent: true, person: { jwe: 'person' }, debts: 'none' });
  await give(world, { ...consent, party: 'housing-corporation', purposes: ['safe-search'] });
  await give(world, { kind: 'exclude-areas', areas: ['7511'] });
  for (let i = 0; i < 400 && !world.state.steps['housing.offer']?.sentAt; i += 1) await goOn(world);
  world.partnersUp = false;
  await give(world, { kind: 'redo', stepId: 'housing.offer', reason: { jwe: 'reason' } });
  const searches = () =>
    underWay(world).filter(({ name, stepId }) => name.endsWith('.request') && stepId === 'housing.offer');
  expect(searches()).toMatchObject([{ known: { excludedAreas: ['7511'] } }]);
  await give(world, { kind: 'withdraw-consent', party: 'housing-corporation' });
  expect(searches()).toHaveLength(1);
  expect(searches()[0]!.known).not.toHaveProperty('excludedAreas');
  world.partnersUp = true;
  await world.letPartnersAnswer();
  await finish(world);
  expect(world.closed).toBe(true);
  await world.replayAll();
});
