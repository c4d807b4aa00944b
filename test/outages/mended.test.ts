/** What operations do with many stuck routes, and with what the Temporal UI cannot do: `npm run ops` on the real server. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import * as outage from '../../ops/commands/outage.ts';
import * as redo from '../../ops/commands/redo.ts';
import * as repair from '../../ops/commands/repair.ts';
import * as reset from '../../ops/commands/reset.ts';
import * as retry from '../../ops/commands/retry.ts';
import * as rules from '../../ops/commands/rules.ts';
import { routeLine } from '../../platform/route-line.ts';
import { outageStatus } from '../../workflows/partner-outage.messages.ts';
import { mutant } from '../replay/support.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { ops } from '../support/ops.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
let folder: string;
let partnersFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partners-'));
  partnersFile = join(folder, 'partners.json');
  await writeFile(partnersFile, '{}');
  const settings = { PARTNERS_FILE: partnersFile, PARTNERS_RELOAD_SECONDS: '0.2' };
  system = await startSystem({ server: 'dev', rules: 'demo', settings });
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const by = ['--by', 'ops-1', '--reason', 'Storing INC-4711'];
const started = async (caseManager: string, more: object = { person: aPerson }): Promise<string> =>
  (await system.api.post('/routes', { ...aStart, caseManager, ...more })).body.routeId;
const viewOf = async (routeId: string) => (await system.api.get(`/routes/${routeId}`)).body as RouteView;
const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
const stands = (routeId: string, holds: (route: RouteView) => boolean) =>
  accompany(system.api, routeId, holds, { withinMs: 30_000 });
const at = (stepId: string, status: string) => (route: RouteView) => step(route, stepId)?.status === status;
const listed = (query: string, count: number) =>
  until(
    `${count} are listed`,
    async () =>
      (await system.client.workflow.count(`${query} AND ExecutionStatus = 'Running'`)).count === count,
  );

describe('many routes', () => {
  it('are asked first what they would answer, and done anew once, also when whoever asked went away', async () => {
    await system.simulator.setBehaviours([{ stepId: 'intake.skills', mode: 'silent' }]);
    const stuck = await Promise.all([1, 2, 3, 4].map(() => started('cm-41')));
    const without = await started('cm-41', {});
    for (const routeId of stuck) await stands(routeId, at('intake.skills', 'open'));
    await listed(`CaseManager = 'cm-41'`, 5);
    const asked = ['--query', `CaseManager = 'cm-41'`, '--redo', 'intake.skills', '--per-second', '1', ...by];

    const { code, things } = await ops(system, repair, ...asked);
    expect(code).toBe(1);
    expect(things.at(-1)).toMatchObject({ summary: 'would', done: 4, refused: 1, unreached: 0 });
    expect(things.find(({ routeId }) => routeId === without)).toMatchObject({
      would: 'refused',
      kind: 'step-not-open',
    });
    expect(step(await viewOf(stuck[0]!), 'intake.skills')?.attempt).toBe(1);

    const first = ops(system, repair, ...asked, '--yes');
    await until('one was done', async () =>
      (await Promise.all(stuck.map(viewOf))).some((route) => step(route, 'intake.skills')?.attempt === 2),
    );
    process.emit('SIGINT');
    expect(await first).toMatchObject({ code: 130, things: [{ summary: 'left' }] });
    const again = await ops(system, repair, ...asked, '--yes');
    expect(again.things.at(-1)).toMatchObject({ summary: 'ended', found: 5, done: 4, refused: 1 });
    expect(again.things).toContainEqual({ routeId: without, outcome: 'refused', kind: 'step-not-open' });
    for (const routeId of stuck) {
      const route = await stands(routeId, at('intake.skills', 'open'));
      expect(step(route, 'intake.skills')?.attempt).toBe(2);
    }
    const { body } = await system.api.get(`/routes/${stuck[0]}/timeline`);
    expect(body.items.find(({ what }: { what: string }) => what === 'step-redone')).toMatchObject({
      by: 'ops-1',
      note: 'Storing INC-4711',
    });
  });

  it('are gone through page by page, over many runs, from the Temporal UI as well', async () => {
    const input = {
      name: 'from-the-ui',
      query: `CaseManager = 'cm-41'`,
      order: { kind: 'adopt-rules', ruleSet: 'nl' },
      by: 'ops-1',
      reason: 'Proef',
      pageSize: 1,
      runEvents: 12,
    };
    const options = { taskQueue: 'outflow-routes', args: [{ ...input, dryRun: true }] };
    const tried = await system.client.workflow.start('bulkRepair', {
      ...options,
      workflowId: 'repair/from-the-ui',
    });
    expect(await tried.result()).toMatchObject({ pass: 'ended', found: 5, done: 5, refused: 0 });
    const runs = await system.client.workflow.count(`WorkflowId = 'repair/from-the-ui'`);
    expect(runs.count).toBeGreaterThan(2);

    const moved = await ops(system, rules, '--query', input.query, '--rule-set', 'nl', ...by, '--yes');
    expect(moved.things.at(-1)).toMatchObject({ summary: 'ended', done: 5 });
    const [one] = (await system.api.get('/routes?caseManager=cm-41')).body.items as { routeId: string }[];
    expect((await viewOf(one!.routeId)).ruleSet.id).toBe('nl');
    const again = await ops(system, rules, one!.routeId, '--rule-set', 'nl', ...by, '--yes');
    expect(again.things).toMatchObject([{ outcome: 'refused', kind: 'same-rules' }]);
  });

  it('are done anew once by the same command, which says so; what does no harm is done again each time', async () => {
    const routeId = await started('cm-46');
    await stands(routeId, at('intake.skills', 'open'));
    const query = `CaseManager = 'cm-46'`;
    await listed(query, 1);
    const asked = ['--query', query, '--redo', 'intake.skills', ...by];
    const first = await ops(system, repair, ...asked, '--yes');
    expect(first.things.at(-1)).toMatchObject({ summary: 'ended', done: 1 });
    const ended = { summary: 'ended-before', name: first.things.at(-1)!['name'] };
    expect((await ops(system, repair, ...asked)).things[0]).toMatchObject(ended);
    expect((await ops(system, repair, ...asked, '--yes')).things[0]).toMatchObject(ended);
    expect(step(await viewOf(routeId), 'intake.skills')?.attempt).toBe(2);

    const hold = ['--query', query, '--hold', '2099-01-01T00:00:00Z', ...by, '--yes'];
    const release = ['--query', query, '--release', 'yes', ...by, '--yes'];
    for (const isHeld of [true, false, true, false]) {
      const { code } = await ops(system, repair, ...(isHeld ? hold : release));
      expect(code).toBe(0);
      expect((await viewOf(routeId)).hold !== undefined).toBe(isHeld);
    }
  });

  it('that were left when a repair was called off are mended by the same command', async () => {
    const routes = await Promise.all([1, 2, 3].map(() => started('cm-47')));
    for (const routeId of routes) await stands(routeId, at('intake.skills', 'open'));
    const query = `CaseManager = 'cm-47'`;
    await listed(query, 3);
    const asked = [
      '--query',
      query,
      '--redo',
      'intake.skills',
      '--name',
      'inc-4712',
      '--per-second',
      '0.5',
      ...by,
    ];
    const attempts = async () =>
      (await Promise.all(routes.map(viewOf))).map((route) => step(route, 'intake.skills')?.attempt);
    const first = ops(system, repair, ...asked, '--yes');
    await until('one was done', async () => (await attempts()).includes(2));
    await system.client.workflow.getHandle('repair/inc-4712').cancel();
    expect(await first).toMatchObject({ code: 1 });
    expect((await first).things.at(-1)).toMatchObject({ summary: 'cancelled' });
    expect((await ops(system, repair, ...asked)).things.at(-1)).toMatchObject({ begun: 'cut-off' });
    const again = await ops(system, repair, ...asked, '--yes');
    expect(again.things.at(-1)).toMatchObject({ summary: 'ended', done: 3 });
    expect(await attempts()).toEqual([2, 2, 2]);
  });

  it('that there are none of are no success', async () => {
    const asked = ['--query', `CaseManager = 'cm-nobody'`, '--redo', 'intake.skills', ...by];
    for (const yes of [[], ['--yes']])
      expect(await ops(system, repair, ...asked, ...yes)).toMatchObject({
        code: 0,
        things: [{ summary: 'none' }],
      });
    const unknown = await ops(system, redo, randomUUID(), 'intake.skills', ...by);
    expect(unknown).toMatchObject({ code: 1, things: [{ would: 'refused', kind: 'unknown-route' }] });
    const wrong = ops(system, repair, '--query', 'Foo = 1', '--redo', 'intake.skills', ...by);
    await expect(wrong).rejects.toThrow(/^The query is not taken: .*Foo/);
    // A worker has another kind of connection, by which errors look otherwise.
    const asWorker = new Client({ connection: system.env.nativeConnection });
    await expect(routeLine(asWorker).list('Foo = 1', 1)).rejects.toThrow(/^The query is not taken: .*Foo/);
  });

  it('are not begun with when the Temporal UI was given something else: it says what may be typed', async () => {
    const input = { name: 'typed', query: 'Foo = 1', order: { kind: 'redo' }, by: 'Jan' };
    const whole = {
      ...input,
      order: { kind: 'redo', stepId: 'intake.skills' },
      by: 'ops-1',
      reason: 'Proef',
    };
    const failures = await Promise.all(
      [input, whole].map(async (each, i) => {
        const handle = await system.client.workflow.start('bulkRepair', {
          taskQueue: 'outflow-routes',
          workflowId: `repair/typed-${i}`,
          args: [each],
        });
        await handle.result().catch(() => undefined);
        const { events } = await handle.fetchHistory();
        return events!.at(-1)!.workflowExecutionFailedEventAttributes!.failure!.message;
      }),
    );
    expect(failures[0]).toMatch(/^Verwacht bij "by": ops-1\. Bijvoorbeeld \{/);
    expect(failures[1]).toMatch(/^Dit is niet uit te voeren: The query is not taken: .*Foo/);
    const told = await ops(system, repair, '--name', 'typed-0');
    expect(told).toMatchObject({
      code: 1,
      things: [{ summary: 'failed', why: expect.stringMatching(/^Expected at "by"/) as string }],
    });
  });
});

describe('a partner that is away', () => {
  it('has its routes held, later ones too; in the end exactly those go on, with their terms shifted', async () => {
    await system.simulator.setBehaviours([{ stepId: 'intake.debt-screening', mode: 'silent' }]);
    const [waits, held] = [await started('cm-42'), await started('cm-42')];
    const before = await stands(waits, at('intake.debt-screening', 'open'));
    await stands(held, at('intake.debt-screening', 'open'));
    const agreed = { until: '2099-01-01T00:00:00Z', reason: 'Opname' };
    expect((await system.api.post(`/routes/${held}/hold`, agreed)).status).toBe(200);
    await listed(`WaitingOn = 'debt-service' AND CaseManager = 'cm-42'`, 2);
    const asked = ['begin', 'debt-service', '--until', '2098-01-01T00:00:00Z', '--look-every', '1', ...by];

    const plan = await ops(system, outage, ...asked);
    expect(plan.things.at(-1)).toMatchObject({ summary: 'would', done: 1, refused: 1 });
    expect((await ops(system, outage, ...asked, '--yes')).code).toBe(0);
    await stands(waits, ({ hold }) => hold?.by === 'ops-1-outage-debt-service');
    const [later, released] = [await started('cm-42'), await started('cm-42')];
    await stands(later, ({ health }) => health === 'OnHold');
    await stands(released, ({ health }) => health === 'OnHold');
    expect((await system.api.delete(`/routes/${released}/hold`)).status).toBe(204);

    const handle = system.client.workflow.getHandle('outage/debt-service');
    expect((await ops(system, outage, 'list')).things).toMatchObject([{ held: 3 }, { count: 1 }]);
    await until('two are left alone', async () => (await handle.query(outageStatus)).left >= 1);
    const ended = await ops(system, outage, 'end', 'debt-service', '--by', 'ops-2', '--yes');
    expect(ended.things.at(-1)).toMatchObject({ phase: 'ended', held: 0, goneOn: 3, endedBy: 'ops-2' });
    const after = await viewOf(waits);
    expect(after.hold).toBeUndefined();
    const due = (route: RouteView) => step(route, 'intake.debt-screening')!.dueAt!;
    expect(due(after) >= due(before)).toBe(true);
    expect((await viewOf(later)).hold).toBeUndefined();
    expect((await viewOf(held)).hold).toMatchObject({ by: 'cm-17' });
    const { body } = await system.api.get(`/routes/${waits}/timeline`);
    expect(body.items.filter(({ what }: { what: string }) => what.startsWith('hold'))).toMatchObject([
      { what: 'hold-began', by: 'ops-1-outage-debt-service' },
      { what: 'hold-ended', by: 'ops-2-outage-debt-service' },
    ]);
  });

  it('is asked at once when it is back', async () => {
    await system.simulator.setBehaviours([{ party: 'civil-registry', mode: 'down' }]);
    const routeId = await started('cm-43');
    const waiting = await until('it waits in back-off', async () => {
      const { things } = await ops(system, retry, routeId);
      return things.find(({ attempt, isUnderWay }) => Number(attempt) >= 5 && !isUnderWay);
    });
    expect(waiting).toMatchObject({ activityId: 'intake.registry-check:1', failure: 'PartnerUnreachable' });
    await system.simulator.setBehaviours([]);
    const begun = Date.now();
    expect((await ops(system, retry, routeId, '--yes')).things.at(-1)).toMatchObject({ count: 1 });
    await stands(routeId, at('intake.registry-check', 'done'));
    expect(Date.now() - begun).toBeLessThan(6000); // its own time was at least eleven seconds away
    expect(await ops(system, retry, routeId)).toMatchObject({ code: 0, things: [{ count: 0 }] });
  });

  it('is asked at once by all routes each time that this is typed; one that only waits for its answer has nothing to send', async () => {
    await system.simulator.setBehaviours([{ party: 'civil-registry', mode: 'down' }]);
    const waits = await started('cm-48');
    await until('it waits in back-off', async () =>
      (await ops(system, retry, waits)).things.find(({ attempt }) => Number(attempt) >= 2),
    );
    const query = `WaitingOn = 'civil-registry'`;
    await until('it is listed', async () => (await system.client.workflow.count(query)).count > 0);
    const asked = ['--party', 'civil-registry', ...by];
    const sent = [];
    for (const _ of [1, 2]) {
      await until('it waits again', async () => {
        const { things } = await ops(system, retry, waits);
        return things.some(({ isUnderWay }) => isUnderWay === false);
      });
      sent.push((await ops(system, retry, ...asked, '--yes')).things.at(-1));
    }
    for (const each of sent) expect(each).toMatchObject({ summary: 'ended' });
    expect(sent[1]!['retried']).toBeGreaterThan(0);

    await system.simulator.setBehaviours([{ stepId: 'intake.skills', mode: 'silent' }]);
    await stands(await started('cm-48'), at('intake.skills', 'open'));
    await until('it is listed', async () => {
      const { things } = await ops(system, retry, '--party', 'support-provider', ...by);
      return Number(things.at(-1)?.['nothingToSend']) > 0;
    });
    const idle = await ops(system, retry, '--party', 'support-provider', ...by, '--yes');
    expect(idle).toMatchObject({ code: 0 });
    expect(idle.things.at(-1)).toMatchObject({
      summary: 'ended',
      done: 0,
      refused: 0,
      nothingToSend: expect.any(Number) as number,
    });
    await system.simulator.setBehaviours([]);
  });

  it('that moved is called at its new address by a worker that runs on; a wrong file changes nothing', async () => {
    await writeFile(partnersFile, '{ "debt-service": { "url": 7 } }');
    const { server, url, calls } = await passingOn(system.simulatorUrl);
    try {
      const untouched = await started('cm-44');
      await stands(untouched, at('intake.debt-screening', 'done'));
      await writeFile(partnersFile, JSON.stringify({ 'debt-service': { url: `${url}/debt-service` } }));
      const called = await until('somebody calls there', async () => {
        const routeId = await started('cm-44');
        await stands(routeId, at('intake.debt-screening', 'done'));
        return calls()[0];
      });
      expect(called).toBe('/debt-service/requests');
    } finally {
      await writeFile(partnersFile, '{}');
      server.close();
    }
  });
});

it('a route that a bug has wedged goes on under the mended code; one that began under the bug is reset: what it was told and asked since is told and asked again', async () => {
  const oneByOne = {
    file: 'workflows/stages/intake.ts',
    from: `await Promise.all([step(route, 'intake.debt-screening'), step(route, 'intake.skills')]);`,
    to: `await step(route, 'intake.skills');\n  await step(route, 'intake.debt-screening');`,
  };
  const code = await mutant([oneByOne]);
  await system.simulator.setBehaviours([{ stepId: 'intake.skills', mode: 'silent' }]);
  const earlier = await started('cm-45');
  await stands(earlier, at('intake.skills', 'open'));
  await system.stopWorker();
  await system.startWorker(code);
  const routeId = await started('cm-45');
  await stands(routeId, at('intake.skills', 'open'));
  await system.api.post(`/routes/${routeId}/steps/intake.skills/redo`, { reason: 'Nog eens' });
  await stands(routeId, (route) => step(route, 'intake.skills')?.attempt === 2);
  const isWedged = (id: string) =>
    until('its workflow task fails', async () => {
      const { raw } = await system.client.workflow.getHandle(`route/${id}`).describe();
      return (raw.pendingWorkflowTask?.attempt ?? 0) > 1;
    });
  await system.simulator.setBehaviours([{ stepId: 'intake.skills', attempt: 2, mode: 'silent' }]);
  await isWedged(earlier);

  await system.stopWorker();
  await system.startWorker();
  await system.simulator.setBehaviours([]);
  await isWedged(routeId);
  const plan = await ops(system, reset, routeId, ...by);
  expect(plan.things[0]).toMatchObject({ routeId, toldAgain: { command: 1 } });
  expect(plan.things[1]).toMatchObject({ command: 'redo', by: 'cm-17' });
  const { things } = await ops(system, reset, routeId, ...by, '--yes');
  const lost = things.filter((thing) => 'lost' in thing && !('summary' in thing));
  // Told again before the route had come to the step it is refused: it is given anew, as ops says.
  await stands(routeId, at('intake.skills', 'open'));
  // The partner has answered the second attempt, and that was too early: only a third one brings an answer.
  for (const _ of [...lost, ...lost]) await ops(system, redo, routeId, 'intake.skills', ...by, '--yes');
  const after = await accompany(system.api, routeId, at('intake.skills', 'done'), { withinMs: 30_000 });
  expect(step(after, 'intake.skills')?.attempt).toBe(2 + lost.length);
  expect(step(after, 'intake.debt-screening')?.status).toBe('done');
  expect(system.simulator.ledger(routeId).totals).toMatchObject({ actedTwice: 0 });
  // The other one by itself: its history is of the code that runs again. Its task is tried less and less often.
  await accompany(system.api, earlier, at('intake.skills', 'done'), { withinMs: 100_000 });
});

/** Another address of the played partners. */
async function passingOn(to: string): Promise<{ server: Server; url: string; calls: () => string[] }> {
  const called: string[] = [];
  const server = createServer((req, res) => {
    called.push(req.url!);
    const { method, headers } = req;
    req.pipe(
      forward(`${to}${req.url}`, { method, headers }, (answer) => {
        res.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(res);
      }),
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => called };
}
