/** The parts as they run, measured: what Prometheus finds, and traces from a call to the partner and back. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceIdOf } from '../../platform/trace-id.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart, accompany } from '../support/case-manager.ts';
import { startCollector, type Seen } from '../support/collector.ts';
import { exposedIn, labelsAsked, type Exposed } from '../support/exposed.ts';
import { expressions, metricsIn } from '../support/monitoring-files.ts';
import { freePort } from '../support/ports.ts';
import { createParts, type Parts } from '../support/processes.ts';
import { startPrometheus, type RunningPrometheus } from '../support/prometheus.ts';
import { ensurePrometheus } from '../support/prometheus-tools.ts';
import { anAgreement } from '../support/region.ts';
import { until } from '../support/until.ts';

let parts: Parts;
let prometheus: RunningPrometheus;
let collector: Awaited<ReturnType<typeof startCollector>>;
let dataDir: string;
let api: Caller;
let routeId: string;
const metricsAt = { worker: '', api: '' };

beforeAll(async () => {
  ensurePrometheus();
  dataDir = await mkdtemp(join(tmpdir(), 'measured-'));
  collector = await startCollector();
  for (const part of ['worker', 'api'] as const) metricsAt[part] = `127.0.0.1:${await freePort()}`;
  parts = await createParts(
    dataDir,
    {
      METRICS_EVERY_SECONDS: '1',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
    { worker: { METRICS_ADDRESS: metricsAt.worker }, api: { METRICS_ADDRESS: metricsAt.api } },
  );
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  prometheus = await startPrometheus({ 'worker:9464': metricsAt.worker, 'api:9465': metricsAt.api });
  api = await parts.as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' });
  await everythingHappens();
}, 600_000);
afterAll(async () => {
  await prometheus?.stop();
  await parts?.stop();
  collector?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Something of all that is measured: a route under way, a partner that is down, a ledger, a bug, a refused event. */
async function everythingHappens(): Promise<void> {
  const behave = (rules: object[]) =>
    fetch(`${parts.simulatorUrl}/control/behaviours`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rules),
    });
  await behave([{ party: 'benefits-office', mode: 'down' }]);
  const policy = await parts.as({ role: 'policy', subject: 'pol-1' });
  await policy.put('/housing-agreements/twente/2027', anAgreement(2));
  routeId = (await api.post('/routes', aStart, { 'Idempotency-Key': randomUUID() })).body.routeId;
  await accompany(api, routeId, ({ stage }) => stage === 'housing');
  const connection = await Connection.connect({ address: parts.temporalAddress });
  const client = new Client({ connection });
  const unknown = { taskQueue: 'outflow-routes', workflowId: 'unknown' };
  const bug = await client.workflow.start('noSuchWorkflow', unknown);
  const partner = await parts.as({ role: 'partner', subject: 'debt-service', party: 'debt-service' });
  expect((await partner.post('/partner-events', { specversion: '1.0' })).status).toBe(400);
  await until('the worker failed at what it does not know', async () =>
    (await exposed()).names.has('temporal_workflow_task_execution_failed_total'),
  );
  await bug.terminate('seen');
  await connection.close();
}

async function exposed(): Promise<Exposed> {
  const texts = Object.values(metricsAt).map(async (at) => (await fetch(`http://${at}/metrics`)).text());
  return exposedIn(await Promise.all(texts));
}

describe('what alerts and panels ask for', () => {
  it('is there: each metric is exposed, with the labels that are asked of it', async () => {
    const { names, labels } = await exposed();
    const asked = [...new Set(expressions().flatMap(metricsIn))];
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
    const missing = expressions()
      .flatMap(labelsAsked)
      .filter(({ metric, label }) => labels.has(metric) && !labels.get(metric)!.has(label));
    expect(missing).toEqual([]);
  });

  it('can be reckoned: Prometheus finds both processes, and nothing wrong with any rule or panel', async () => {
    await until('both are seen', async () => {
      const up = await prometheus.query('up');
      return up.length === 2 && up.every(({ value }) => value[1] === '1');
    });
    const rules = await until('each rule was looked at', async () => {
      const all = await prometheus.rules();
      return all.every(({ health }) => health !== 'unknown') && all;
    });
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    for (const expr of expressions()) await prometheus.query(expr);
  });

  it.each([
    ['max by (stage) (outflow_routes_open{stage="housing"})', 1],
    ['sum(outflow_partner_requests_untaken{party="benefits-office"}) > bool 0', 1],
    ['max by (region, year) (outflow_ledger_places{standing="free",region="twente",year="2027"})', 2],
    ['sum(outflow_partner_events_refused_total{party="debt-service",kind="invalid-input"})', 1],
    ['max(outflow_worker_polling) + max(outflow_temporal_up)', 2],
    ['count(ALERTS{alertname="PartnerDown",party="benefits-office"})', 1],
    ['sum(outflow_partner_events_total{party="civil-registry"}) > bool 0', 1],
  ])('%s is %d', async (expr, expected) => {
    const found = async () => Number((await prometheus.query(expr))[0]?.value[1]);
    await expect.poll(found, { timeout: 60_000, interval: 200 }).toBe(expected);
  });

  it('is told in the log of the worker too: which activity of which party fails, and by what', async () => {
    const line = await until('the partner that is down', () =>
      parts.worker
        .said()
        .split('\n')
        .find((each) => each.includes('"Activity failed"') && each.includes('benefits-office')),
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      activity: 'benefits-office.request',
      activityId: expect.stringMatching(/^income\.\S+:1$/),
      attempt: 1,
      failure: 'PartnerUnreachable',
      workflow: `route/${routeId}`,
    });
  });

  it('says nothing of a person or a route', async () => {
    const { text } = await exposed();
    for (const personal of [routeId, 'cm-17', aPerson.bsn, aStart.municipality])
      expect(text).not.toContain(personal);
  });
});

describe('traces', () => {
  const seen = (what: string, is: (span: Seen) => boolean): Promise<Seen> =>
    until(`a span of ${what}`, () => collector.spans.find(is));

  it('lead from the call through the route to the partner, and back by its event to the API', async () => {
    const call = await seen('the call', ({ name }) => name === 'PUT /v1/routes/{routeId}/person');
    expect(call.attributes).toMatchObject({ 'route.id': routeId, 'http.response.status_code': 200 });
    const update = await seen('the Update', ({ name, parentSpanId }) => {
      return name === 'update command' && parentSpanId === call.spanId;
    });
    expect(update.attributes).toMatchObject({ 'route.id': routeId });
    const asked = await seen('the partner that was asked', ({ name, causes }) => {
      return name === 'ask civil-registry' && causes.includes(update.spanId);
    });
    const requestId = String(asked.attributes['outflow.request.id']);
    expect(requestId).toMatch(new RegExp(`^${routeId}:`));
    expect(asked.traceId).toBe(traceIdOf(requestId));
    // The partner told under which span it was asked.
    const news = await seen('its news', ({ parentSpanId }) => parentSpanId === asked.spanId);
    expect(news).toMatchObject({ name: 'news step-completed', service: 'outflow-routes-api' });
    expect(news.traceId).toBe(asked.traceId);
    const told = await seen('the Update of that', ({ name, parentSpanId }) => {
      return name.startsWith('update partnerNews') && parentSpanId === news.spanId;
    });
    await seen('what the route asked next', ({ name, causes }) => {
      return name.startsWith('ask ') && causes.includes(told.spanId);
    });
    const delivered = await seen('the call that brought it', ({ spanId }) => news.causes.includes(spanId));
    expect(delivered.name).toBe('POST /v1/partner-events');
  });

  it('say nothing of a person', () => {
    const all = collector.bodies.join('\n');
    for (const personal of [aPerson.bsn, aStart.openingAnswer.missedSignals, 'cm-17', 'Bearer'])
      expect(all).not.toContain(personal);
  });
});
