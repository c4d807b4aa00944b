/** What goes out says where its date comes from, whatever rules the route is under by then. Without a server. */
import { expect, it, vi } from 'vitest';
import { rules } from '../support/a-route.ts';
import { give } from './support/acts.ts';
import { workflowStandIn } from './support/one-run.ts';
import { begunRoute, standStill } from './support/begun-route.ts';
import type { World } from './support/world.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));
standStill();

const term = rules('nl').terms['partner.answer']!;
const changed = { ...term, basis: 'policy of 2027', version: '2027-01-01' };
const later = {
  ...rules('nl'),
  version: '2027-01-01',
  terms: { ...rules('nl').terms, 'partner.answer': changed },
};
const source = { rule: 'partner.answer', ruleSet: 'nl', version: '2026-07-01', basis: term.basis };

/** What was asked of the server in the latest run under some name. */
const inputsOf = ({ run }: World, name: string): object[] =>
  run.commands.flatMap((command) => {
    const [, input] = new RegExp(`(?:^| )${name} (\\{.*)$`).exec(command) ?? [];
    return input ? [JSON.parse(input) as object] : [];
  });

it('a request that is sent again and a notice name the rule set that gave the date', async () => {
  const world = await begunRoute();
  world.partnersUp = false;
  await give(world, { kind: 'identify', person: { jwe: 'person' } });
  const stepId = 'intake.registry-check';
  await give(world, { kind: 'adopt-rules', rules: later, reason: { jwe: 'reason' } });
  await world.rollOver();
  const again = inputsOf(world, 'civil-registry.request');
  expect(again.length).toBeGreaterThan(0);
  for (const each of again) expect(each).toMatchObject({ stepId, ...source });
  await world.until(Date.parse(world.state.steps[stepId]!.dueAt!));
  const overdue = inputsOf(world, 'notify').find((each) => 'kind' in each && each.kind === 'overdue');
  expect(overdue).toMatchObject({ stepId, ...source });
});
