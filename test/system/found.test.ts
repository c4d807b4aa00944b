/** Whatever stops a route is found, also what it can't say itself, over a real server with a worker that has a bug. */
import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mutant } from '../replay/support.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { viewsOf } from '../../ops/views.ts';

let system: System;
let bug: WorkflowBundle;
beforeAll(async () => {
  system = await startSystem({
    server: 'dev',
    rules: 'demo',
    settings: { TROUBLE_FIRST_LOOK: '1', TROUBLE_LONGEST_LOOK: '2' },
  });
  bug = await mutant([
    {
      file: 'workflows/stages/debt-restructuring.ts',
      from: "  await step(route, 'debt.registration');\n",
      to: "  throw new TypeError('there is a bug');\n",
    },
  ]);
});
afterAll(() => system?.stop());

const query = viewsOf({ now: new Date(), municipalities: [] }).find(({ id }) => id === 'technical')!.query;
const inTechnicalView = async (workflowId: string): Promise<boolean> => {
  const { executions } = await system.client.workflowService.listWorkflowExecutions({
    namespace: 'default',
    query,
  });
  return executions.some(({ execution }) => execution?.workflowId === workflowId);
};

it('a route that a bug stops is in the technical view within a minute, says what fails, and leaves it when the bug is gone', async () => {
  const { body } = await system.api.post('/routes', aStart);
  const trouble = system.client.workflow.getHandle(`trouble/${body.routeId}`);
  await system.stopWorker();
  await system.startWorker(bug);
  void system.api.put(`/routes/${body.routeId}/person`, aPerson);
  await until('it is found', () => inTechnicalView(trouble.workflowId));
  const metadata = await until('it says why', () =>
    trouble.query<{ currentDetails: string }>('__temporal_workflow_metadata'),
  );
  expect(metadata.currentDetails).toContain('TypeError: there is a bug');
  await system.stopWorker();
  await system.startWorker();
  expect(await trouble.result()).toEqual({ ended: 'mended' });
  await until('it is in the view no more', async () => !(await inTechnicalView(trouble.workflowId)));
});
