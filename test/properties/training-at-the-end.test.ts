/** A route that has done all else is not completed while a housing training runs. The real process, without a server. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { begin } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { aRoute, now, routeId, rules } from '../support/a-route.ts';
import { answer, give } from './support/acts.ts';
import { Checks, Tally } from './support/checks.ts';
import { finish, goOn } from './support/finish.ts';
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

it('a training that runs when all else is done is waited for, and then the route is completed', async () => {
  const { openingAnswer, municipality, origin, targetGroup, caseManager } = aRoute();
  const given = { routeId, openingAnswer, municipality, origin, targetGroup, caseManager, by: caseManager };
  const person = { jwe: 'person' };
  const first = begin({ ...given, person, debts: 'none', rules: rules('nl'), now });
  const world = await World.start(new Checks(new Tally()), first);
  const last = 'aftercare.second-check-in';
  for (let i = 0; i < 400 && world.state.steps[last]?.status !== 'open'; i += 1) await goOn(world);
  await give(world, { kind: 'begin-training', skills: ['handling-money'] });
  const complete = async (stepId: StepId) => {
    const { attempt } = world.state.steps[stepId]!;
    await world.tell(
      { ...answer(world, stepId, 'step-completed', attempt), eventId: `the-end-of-${stepId}` },
      'update',
    );
  };
  await complete(last);
  expect(world.state.steps[last]?.status).toBe('done');
  expect(world.state.ending).toBeUndefined();
  await complete('housing.training');
  expect(world.state.ending).toBe('completed');
  await finish(world);
  expect(world.closed).toBe(true);
});
