/** The activities over the real HTTP adapter, against the partner simulator. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basisOf } from '../../activities/disclosure.ts';
import { createActivities, disclosures, type Activities } from '../../activities/create-activities.ts';
import type { StepRequest } from '../../activities/partner.ts';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { steps, type StepId } from '../../domain/steps.ts';
import { partyOf } from '../../domain/template.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import { fileProcessingLog } from '../../platform/processing-log-files.ts';
import { createSealer } from '../../platform/sealer.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { traceIdOf } from '../../platform/trace-id.ts';
import { createSimulator } from '../../simulator/create-simulator.ts';
import { portsOf } from '../../worker/create-worker.ts';
import { routeId } from '../support/a-route.ts';

let dataDir: string;
let simulator: ReturnType<typeof createSimulator>;
let running: Awaited<ReturnType<ReturnType<typeof createSimulator>['start']>>;
let activities: Activities;
let known: StepRequest['known'];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  // Partners take their time: no answer goes out while these tests run.
  simulator = createSimulator({ dataDir, delayMs: 1_000_000 });
  running = await simulator.start();
  const settings = readSettings(WorkerSettings, { DATA_DIR: dataDir, PARTNERS_URL: running.url });
  activities = createActivities(portsOf(settings));
  const sealer = createSealer(fileKeyStore(dataDir));
  known = {
    person: await sealer.seal(routeId, { bsn: '999990019' }),
    debts: 'problematic',
    threat: 'eviction',
    housingForm: 'own-home',
    birthYear: 1974,
    excludedAreas: ['BU01530101'],
    place: {
      region: 'twente',
      year: 2026,
      reservationId: '4f1c2a10-7a35-8f57-9a55-000000000001',
      corporation: 'de-woonplaats',
      municipality: 'GM0153',
      housingForm: 'own-home',
    },
    offerId: 'home-1',
    skills: ['handling-money'],
    stages: [{ stage: 'closed', since: '2028-08-31T22:30:00.000Z' }],
    ending: 'completed',
    caseManager: 'cm-17',
    handedOver: [{ track: 'debt', owner: 'debt-service', text: 'Schulden, overgedragen aan de kredietbank' }],
  };
});
afterAll(async () => {
  await running.close();
  await rm(dataDir, { recursive: true });
});

function requestFor(stepId: StepId, attempt = 1, more: Partial<StepRequest> = {}): StepRequest {
  return {
    requestId: `${routeId}:${stepId}:${attempt}`,
    stepId,
    routeId,
    municipality: 'GM0153',
    dueAt: '2026-12-01T00:00:00.000Z',
    basis: 'Wgs art. 4(1)',
    rule: 'debt.first-talk',
    ruleSet: 'nl',
    version: '2026-07-01',
    known,
    ...more,
  };
}

/** What a row of the table has in common with it: the article, or the purpose that was agreed to. */
const lawOf = (part: string): string =>
  part
    .replace('areas that the person named: ', '')
    .replace('areas of refused offers: they were made there', 'the offer itself: it was made there')
    .replace('consent: ', 'consent, ')
    .replace(/^statutory task: /, '');

const send = (stepId: StepId, attempt = 1, more: Partial<StepRequest> = {}) =>
  activities[`${PartnerParty.parse(partyOf(stepId))}.request`](requestFor(stepId, attempt, more));

const failureOf = (sending: Promise<unknown>): Promise<ApplicationFailure> =>
  sending.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as ApplicationFailure,
  );

describe('a request to a partner', () => {
  it('carries the least data that its step needs, whatever the route knows', async () => {
    const seen: Record<string, string[]> = {};
    for (const [party, disclosure] of Object.entries(disclosures)) {
      const ids = Object.keys(steps) as StepId[];
      for (const stepId of ids.filter((id) => partyOf(id) === party)) {
        await send(stepId);
        const row = simulator.ledger(routeId).requests.find((each) => each.stepId === stepId);
        seen[stepId] = Object.keys(row!.data ?? {});
        expect(seen[stepId]).toEqual([...(disclosure[stepId]?.fields ?? [])]);
      }
    }
    expect(seen).toMatchObject({
      'intake.registry-check': ['identity'],
      'debt.first-talk': ['threat'],
      'housing.offer': ['housingForm', 'birthYear', 'excludedAreas', 'place'],
      'housing.lease-takeover': ['offerId'],
      'housing.key-handover': [],
      'cti.pre-cti': [],
      'closure.file': ['identity', 'stages', 'ending', 'caseManager', 'handedOver'],
    });
  });

  it('is in the table that says on which basis its fields are shared, and the log of data processing says the same', async () => {
    const table = await readFile(join(import.meta.dirname, '../../docs/consent.md'), 'utf8');
    const lines = await fileProcessingLog(dataDir, 'test').of(routeId);
    const disclosing = Object.values(disclosures).flatMap((disclosure) =>
      Object.entries(disclosure).flatMap(([id, each]) => (each ? [[id, each] as const] : [])),
    );
    expect(disclosing.length).toBeGreaterThan(10);
    for (const [stepId, each] of disclosing) {
      const basis = basisOf(each, each.fields);
      const rows = table.split('\n').filter((line) => line.startsWith(`| \`${stepId}\` |`));
      const said = rows.map((row) => row.replaceAll('**', '').replaceAll('`', '')).join('\n');
      for (const part of basis.split('; '))
        expect([stepId, said]).toEqual([stepId, expect.stringContaining(lawOf(part))]);
      const line = lines.find(({ name }) => name === stepId);
      expect(line?.attributes).toMatchObject({ 'dpl.outflow.role': 'partner', 'dpl.outflow.basis': basis });
      expect(line?.trace_id).toBe(traceIdOf(`${routeId}:${stepId}:1`));
    }
    expect(JSON.stringify(lines)).not.toContain('999990019');
  });

  it('that carries no areas rests on no consent in the log of data processing', async () => {
    const { excludedAreas: _, ...withoutAreas } = known;
    await send('housing.offer', 8, { known: withoutAreas });
    const line = (await fileProcessingLog(dataDir, 'test').of(routeId)).at(-1);
    expect(line?.attributes).toMatchObject({
      'dpl.outflow.data': ['housing-form', 'birth-year', 'place'],
      'dpl.outflow.direction': 'received',
    });
    expect(line?.attributes['dpl.outflow.basis']).not.toContain('consent');
  });

  it('sent again acts once: the partner knows its key', async () => {
    await send('debt.plan', 7);
    await send('debt.plan', 7);
    const row = simulator.ledger(routeId).requests.find((each) => each.requestId.endsWith('debt.plan:7'));
    expect(row).toMatchObject({ effects: 1, repeats: 1, idempotencyKey: `${routeId}:debt.plan:7` });
  });

  it('that is withdrawn gets no answer any more', async () => {
    await send('debt.plan', 8);
    await activities['debt-service.release']({ requestId: `${routeId}:debt.plan:8` });
    const { requests } = simulator.ledger(routeId);
    expect(requests.find((each) => each.requestId.endsWith('debt.plan:8'))).toMatchObject({
      answered: false,
    });
  });

  it.each([
    ['down', 'reset', 'PartnerUnreachable', false],
    ['down', '503', 'PartnerUnreachable', false],
    ['rejecting', undefined, 'PartnerRejected', true],
  ] as const)('to a partner that is %s (%s) fails as %s', async (mode, how, type, nonRetryable) => {
    await simulator.setBehaviours([{ party: 'benefits-office', mode, ...(how && { how }) }]);
    expect(await failureOf(send('income.benefit', 9))).toMatchObject({ type, nonRetryable });
    await simulator.setBehaviours([]);
  });

  it('about a person whose key was destroyed can not be sent, and says so', async () => {
    const keys = fileKeyStore(dataDir);
    const gone = await createSealer(keys).seal('gone', { bsn: '999990019' });
    await keys.destroy('gone');
    const failure = await failureOf(send('income.benefit', 10, { known: { person: gone } }));
    expect(failure).toMatchObject({ type: 'PersonKeyMissing', nonRetryable: true });
  });

  it('that needs to know who the person is can not be sent before that', async () => {
    const failure = await failureOf(send('income.benefit', 11, { known: {} }));
    expect(failure).toMatchObject({ type: 'PersonUnknown', nonRetryable: true });
  });

  it('fails without a word of what it carried', async () => {
    await simulator.setBehaviours([{ party: 'benefits-office', mode: 'rejecting' }]);
    const failure = await failureOf(send('income.benefit', 12));
    const said = [failure.message, failure.type, ...(failure.details ?? []), failure.cause?.message];
    expect(JSON.stringify(said)).not.toContain('999990019');
    await simulator.setBehaviours([]);
  });
});
