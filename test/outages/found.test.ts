/**
 * Whatever stops a route is found, also what it can't say itself, and can be read in the Temporal UI, in Dutch. Over a real
 * server, with a worker that has two bugs: it throws in one municipality, and asks nobody in another.
 */
import type { WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAll } from '../../ops/commands/check.ts';
import { ensureSchedules } from '../../ops/schedules.ts';
import { viewsOf } from '../../ops/views.ts';
import { lookAt } from '../../platform/operations/look.ts';
import { mutant } from '../replay/support.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

const namespace = 'default';
const taskQueue = 'outflow-routes';
const longPollMs = 60_000;
let system: System;
let bugs: WorkflowBundle;
beforeAll(async () => {
  system = await startSystem({
    server: 'dev',
    rules: 'demo',
    settings: { TROUBLE_FIRST_LOOK: '1', TROUBLE_LONGEST_LOOK: '2' },
  });
  bugs = await mutant([
    {
      file: 'workflows/stages/debt-restructuring.ts',
      from: "  await step(route, 'debt.registration');\n",
      to: "  if (route.state.municipality === 'GM0153') throw new TypeError('there is a bug');\n  await step(route, 'debt.registration');\n",
    },
    {
      file: 'workflows/request.ts',
      from: '  void send(sending);\n',
      to: "  if (route.state.municipality !== 'GM0014') void send(sending);\n",
    },
  ]);
});
afterAll(() => system?.stop());

const technical = viewsOf({ now: new Date(), municipalities: [] }).find(({ id }) => id === 'technical')!;
async function inTechnicalView(workflowId: string): Promise<boolean> {
  const asked = { namespace, query: technical.query };
  const { executions } = await system.client.workflowService.listWorkflowExecutions(asked);
  return executions.some(({ execution }) => execution?.workflowId === workflowId);
}

/** What the UI asks of a workflow that is opened: as it comes over the wire, and read. */
interface Shown {
  readonly currentDetails: string;
  readonly definition: Record<
    `${'query' | 'signal' | 'update'}Definitions`,
    { name: string; description?: string }[]
  >;
}
const shown = (workflowId: string) =>
  until('it can be read', () =>
    system.client.workflow.getHandle(workflowId).query<Shown>('__temporal_workflow_metadata'),
  );

async function aRoute(municipality: string): Promise<string> {
  const api = await system.as({ role: 'case-manager', subject: 'cm-17', municipality });
  const { body } = await api.post('/routes', { ...aStart, municipality });
  return body.routeId as string;
}

let behaviours: readonly Behaviour[] = [];
/** How partners behave towards a route from now on; left out: as always. */
async function behave(routeId: string, ...rules: readonly Omit<Behaviour, 'routeId'>[]): Promise<void> {
  behaviours = [
    ...behaviours.filter((each) => each.routeId !== routeId),
    ...rules.map((rule) => ({ ...rule, routeId })),
  ];
  await system.simulator.setBehaviours([...behaviours]);
}

async function identify(routeId: string, municipality: string): Promise<void> {
  const api = await system.as({ role: 'case-manager', subject: 'cm-17', municipality });
  await api.put(`/routes/${routeId}/person`, aPerson);
}

/**
 * Takes the workflow task of a route, as a worker that is at its next attempt. What came in since the last one makes the
 * server count its attempts anew; the route is as stuck as before.
 */
async function taken(workflowId: string): Promise<void> {
  const { workflowService } = system.client;
  await system.client.workflow.getHandle(workflowId).signal('something');
  await until('its task is the one that is taken', async () => {
    const { taskToken, attempt, workflowExecution } = await system.client.withDeadline(
      Date.now() + longPollMs,
      () => workflowService.pollWorkflowTaskQueue({ namespace, taskQueue: { name: taskQueue } }),
    );
    if (workflowExecution?.workflowId === workflowId) return attempt === 1;
    if (taskToken.length > 0) await workflowService.respondWorkflowTaskFailed({ namespace, taskToken });
    return false;
  });
}

describe.concurrent('a route that can speak for itself', () => {
  it('what the UI shows of a route is a short list in Dutch, every message has a description, and all of it is encrypted', async () => {
    const routeId = await aRoute('GM0150');
    await behave(
      routeId,
      { party: 'debt-service', mode: 'silent' },
      { party: 'support-provider', mode: 'silent' },
    );
    await identify(routeId, 'GM0150');
    const workflowId = `route/${routeId}`;
    const { currentDetails, definition } = await until('it waits on two parties', async () => {
      const seen = await shown(workflowId);
      return /\n/.test(seen.currentDetails) && /schuldhulp/.test(seen.currentDetails) && seen;
    });
    const [waits, note] = currentDetails.split('\n\n') as [string, string];
    expect(note).toBe('Tijden: Nederlandse tijd.');
    for (const line of waits.split('\n'))
      expect(line).toMatch(/^- [A-Z].+: .+; wacht op .+ sinds 20\d\d-.+; volgende stap: .+$/);
    expect(currentDetails).toMatch(/wacht op de schuldhulpverlening sinds .+; uiterlijk .+ \(.+\)/);
    const { queryDefinitions, signalDefinitions, updateDefinitions } = definition;
    const messages = [queryDefinitions, signalDefinitions, updateDefinitions]
      .flat()
      .filter(({ name }) => !name.startsWith('__'));
    expect(messages.filter(({ description }) => !description)).toEqual([]);

    const execution = { workflowId };
    const described = await system.client.workflowService.describeWorkflowExecution({ namespace, execution });
    const { staticSummary, staticDetails } = (await system.client.workflow
      .getHandle(workflowId)
      .describe()) as unknown as Record<'staticSummary' | 'staticDetails', () => Promise<string>>;
    expect(await staticSummary()).toBe('Uitstroomroute GM0150, maatschappelijke opvang');
    expect(await staticDetails()).toMatch(/^Gestart 20.+ onder regelset demo/);
    const { userMetadata } = described.executionConfig!;
    const query = { queryType: '__temporal_workflow_metadata' };
    const answer = await system.client.workflowService.queryWorkflow({ namespace, execution, query });
    const { history } = await system.client.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution,
    });
    const ofEvents = history!.events!.flatMap(({ userMetadata: of }) => of?.summary ?? []);
    expect(ofEvents.length).toBeGreaterThan(0);
    const payloads = [
      userMetadata!.summary!,
      userMetadata!.details!,
      ...answer.queryResult!.payloads!,
      ...ofEvents,
    ];
    for (const { metadata } of payloads)
      expect(Buffer.from(metadata!.encoding!).toString()).toBe('binary/encrypted');
  });

  it('a partner that is down turns its routes to technical and back, and is named by the check', async () => {
    const routeId = await aRoute('GM0150');
    await behave(routeId, { party: 'debt-service', mode: 'down' });
    await identify(routeId, 'GM0150');
    await until('it is in the view', () => inTechnicalView(`route/${routeId}`));
    const { retries, stuck } = await checkAll(system.client, taskQueue, () => undefined);
    expect({ retries, stuck }).toMatchObject({
      retries: {
        'debt-service.request': { routes: 1, failure: expect.stringContaining('PartnerUnreachable') },
      },
      stuck: [],
    });
    await behave(routeId);
    await until('it goes on', async () => !(await inTechnicalView(`route/${routeId}`)), 100_000);
  });
});

it('what stops a route is in the technical view within a minute, says why, and leaves it when it is mended', async () => {
  const [wedged, unasked] = [await aRoute('GM0153'), await aRoute('GM0014')];
  const ofWedged = system.client.workflow.getHandle(`trouble/${wedged}`);
  const ofUnasked = system.client.workflow.getHandle(`trouble/${unasked}`);
  const director = await system.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' });
  await system.stopWorker();
  await system.startWorker(bugs);
  void identify(wedged, 'GM0153').catch(() => undefined);
  await identify(unasked, 'GM0014');

  await until('the worker reports the one that fails', () => inTechnicalView(ofWedged.workflowId));
  await until('the other says that it can not go on', () => inTechnicalView(`route/${unasked}`));
  const start = { taskQueue, workflowId: 'watchdog-now', args: [{ of: 'suspects' }] };
  expect(await system.client.workflow.execute('watchdog', start)).toMatchObject({ found: 1 });
  await until('the watchdog reports why', () => inTechnicalView(ofUnasked.workflowId));
  // The round over all open routes finds the one that its own worker has reported as well.
  const round = { ...start, workflowId: 'watchdog-round-now', args: [{ of: 'all' }] };
  expect(await system.client.workflow.execute('watchdog', round)).toMatchObject({ found: 2 });

  const why = (await shown(ofWedged.workflowId)).currentDetails;
  expect(why).toContain(`- Vastgelopen: \`route/${wedged}\` (GM0153, intake)`);
  expect(why).toContain('- Oorzaak: de workflow task mislukt steeds: TypeError: there is a bug');
  expect(why).toContain('- Volgende stap: docs/runbook.md, "Reset after a bug fix"');
  expect((await shown(ofUnasked.workflowId)).currentDetails).toContain('er loopt geen verzoek (');
  const { body } = await director.get('/overview');
  expect(body.total).toMatchObject({ count: 1 }); // a trouble is no route

  const checked = await until('every route has said what is wrong with it', async () => {
    const seen = await checkAll(system.client, taskQueue, () => undefined);
    return seen.mute.length === 0 && seen;
  });
  expect(checked).toMatchObject({
    worker: 'there',
    missingAttributes: [],
    missingSchedules: ['stuck-digest', 'region-figures', 'watchdog', 'watchdog-round'],
  });
  expect(checked.stuck.map(({ workflowId }) => workflowId).sort()).toEqual(
    [`route/${wedged}`, `route/${unasked}`].sort(),
  );
  await ensureSchedules(system.client, taskQueue);

  await system.stopWorker();
  await taken(`route/${wedged}`);
  expect(await lookAt(system.client, `route/${wedged}`, { isWorkerThere: true })).toMatchObject({
    trouble: { cause: 'task-fails', failure: { type: 'TypeError' } },
  });
  await system.client.workflow.getHandle(`route/${unasked}`).terminate('of this test');
  expect(await checkAll(system.client, taskQueue, () => undefined)).toMatchObject({
    worker: 'none',
    missingSchedules: [],
  });
  await system.startWorker();
  expect(await Promise.all([ofWedged.result(), ofUnasked.result()])).toEqual([
    { ended: 'mended' },
    { ended: 'gone' },
  ]);
  await until('they are in the view no more', async () => !(await inTechnicalView(ofWedged.workflowId)));
});
