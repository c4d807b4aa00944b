/**
 * Routes of every target group come to their end, with the steps that their template adds. The real process, without a
 * server.
 */
import { expect, it, vi } from 'vitest';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { carriedOf, type RouteTemplate } from '../../domain/template.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { finish, goOn } from './support/finish.ts';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

const { groups } = await loadRuleBook('2026-11-02T09:00:00.000Z');

it.each([...groups.values()])('$id', async (group) => {
  const template = carriedOf(group);
  const world = await begunRoute({ ...(template && { template }), targetGroup: group.id });
  await finish(world);
  expect(world.closed).toBe(true);
  expect(world.state.ending).toBe('completed');
  for (const { id } of group.steps)
    expect(world.state.steps[id as `extra.${string}`]).toMatchObject({ status: 'done', attempt: 1 });
});

const title = { nl: 'Stap', en: 'Step' };
const slow: RouteTemplate = {
  id: 'slow',
  version: '2026-07-01',
  extra: {
    'extra.support-provider.plan': {
      track: 'housing',
      kind: 'request',
      rule: 'partner.answer',
      before: 'housing.offer',
      title,
    },
  },
};

it('a step that was added holds up what it stands in front of, and the route says on whom it waits', async () => {
  const world = await begunRoute({ template: slow, person: { jwe: 'person' }, debts: 'none' });
  const isWaiting = () =>
    waitingsOf(world.state).find(({ stepId }) => stepId === 'extra.support-provider.plan');
  for (let i = 0; i < 100 && !isWaiting(); i += 1) await goOn(world);
  expect(isWaiting()).toMatchObject({ waitingOn: 'support-provider', blocker: 'waiting-for-answer' });
  expect(isWaiting()?.dueAt).toBeDefined();
  expect(world.state.steps['housing.offer']).toBeUndefined();
});

it.each([{ without: ['cti'] }, { without: ['aftercare'] }, { without: ['cti', 'aftercare'] }] as const)(
  'a route without $without ends without them',
  async ({ without }) => {
    const world = await begunRoute({ template: { id: 'short', version: '2026-07-01', without } });
    await finish(world);
    expect(world.closed).toBe(true);
    const met = Object.keys(world.state.steps);
    for (const track of without) expect(met.filter((id) => id.startsWith(`${track}.`))).toEqual([]);
    expect(met).toContain('housing.key-handover');
  },
);
