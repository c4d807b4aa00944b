/** A route that has done all else is not completed while a housing training runs. The real process, without a server. */
import { expect, it, vi } from 'vitest';
import type { StepId } from '../../domain/steps.ts';
import { answer, give } from './support/acts.ts';
import { finish, goOn } from './support/finish.ts';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

it('a training that runs when all else is done is waited for, and then the route is completed', async () => {
  const world = await begunRoute({ person: { jwe: 'person' }, debts: 'none' });
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
