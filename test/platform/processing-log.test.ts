/** The log of data processing, on files and on PostgreSQL: what is told by it is kept, in the order in which it was done. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../platform/log.ts';
import { fileProcessingLog } from '../../platform/processing-log-files.ts';
import {
  ProcessingLine,
  ProcessingLogAway,
  type Processing,
  type ProcessingLog,
} from '../../platform/processing-log.ts';
import { openStores, prepareKeyStore } from '../../platform/stores.ts';
import { traceIdOf } from '../../platform/trace-id.ts';
import { newDatabase, startPostgres, type Postgres } from '../support/postgres.ts';

const log = createLog('test', 'silent');
const closing: (() => Promise<void>)[] = [];
let dataDir: string;
let postgres: Postgres;
let url: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  postgres = await startPostgres();
  url = await newDatabase(postgres, 'processing');
  await prepareKeyStore(settingsOf('postgres'), log);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const settingsOf = (kind: 'files' | 'postgres') => ({
  DATA_DIR: dataDir,
  KEY_STORE: kind,
  ...(kind === 'postgres' && { KEY_STORE_URL: url }),
});

/** As one process has it. */
async function aLog(kind: 'files' | 'postgres', service = 'api'): Promise<ProcessingLog> {
  const { processing, close } = await openStores(settingsOf(kind), log, service);
  closing.push(close);
  return processing;
}

const looked = (routeId: string, more: Partial<Processing> = {}): Processing => ({
  routeId,
  activity: 'getPerson',
  by: 'cm-17',
  role: 'case-manager',
  basis: 'Wmo 2015 art. 5.1.1',
  data: ['identity'],
  ...more,
});

describe.each(['files', 'postgres'] as const)('the log of data processing on %s', (kind) => {
  it('keeps each line with the fields of the standard, in the order in which they were written', async () => {
    const processing = await aLog(kind);
    await processing.record(looked('r1', { about: 'call-1', begunAt: 1_795_000_000_000 }));
    const request = {
      activity: 'debt.first-talk',
      by: 'debt-service',
      role: 'partner',
      party: 'debt-service',
    } as const;
    await (await aLog(kind, 'worker')).record(looked('r1', { ...request, about: 'r1:debt.first-talk:1' }));
    const lines = await processing.of('r1');
    expect(lines.map(({ name, resource }) => [name, resource.attributes['service.name']])).toEqual([
      ['getPerson', 'api'],
      ['debt.first-talk', 'worker'],
    ]);
    expect(lines.map((line) => ProcessingLine.parse(line))).toEqual(lines);
    expect(lines[0]).toMatchObject({
      trace_id: traceIdOf('call-1'),
      start_time: 1_795_000_000_000,
      status_code: 1,
    });
    expect(lines[1]!.attributes).toMatchObject({
      'dpl.core.data_subject_id': 'r1',
      'dpl.core.processing_activity_id': expect.stringMatching(/\/debt\.first-talk$/),
      'dpl.outflow.party': 'debt-service',
    });
    expect(await processing.of('nobody')).toEqual([]);
  });

  it('loses none and mixes none, also when several processes write at once', async () => {
    const logs = await Promise.all(['a', 'b', 'c'].map((service) => aLog(kind, service)));
    const lines = Array.from({ length: 60 }, (_, i) => looked('r2', { by: `cm-${i}` }));
    await Promise.all(lines.map((line, i) => logs[i % 3]!.record(line)));
    const kept = await logs[0]!.of('r2');
    expect(new Set(kept.map(({ attributes }) => attributes['dpl.outflow.by'])).size).toBe(60);
  });

  it('lets go of the lines of routes of which nothing was done since long', async () => {
    const processing = await aLog(kind);
    await processing.record(looked('r3'));
    expect(await processing.prune(new Date(Date.now() - 3_600_000).toISOString())).toBe(0);
    expect(await processing.of('r3')).toHaveLength(1);
    expect(await processing.prune(new Date(Date.now() + 3_600_000).toISOString())).toBeGreaterThan(0);
    expect(await processing.of('r3')).toEqual([]);
  });
});

it('lines that cannot be kept are an error of their own, which says nothing of where they are', async () => {
  const nowhere = fileProcessingLog('/dev/null', 'api');
  await expect(nowhere.record(looked('r1'))).rejects.toThrow(ProcessingLogAway);
  const { processing, close } = await openStores(
    { ...settingsOf('postgres'), KEY_STORE_URL: 'postgres://outflow:secret@127.0.0.1:1/postgres' },
    log,
    'api',
  );
  closing.push(close);
  const error = await processing.record(looked('r1')).catch((thrown: unknown) => thrown as Error);
  expect(error).toMatchObject({
    name: 'ProcessingLogAway',
    message: 'The log of data processing does not answer',
  });
});

it('files are for their owner alone', async () => {
  await (await aLog('files')).record(looked('r4'));
  const { mode } = await stat(join(dataDir, 'processing-log', 'r4.jsonl'));
  expect(mode & 0o777).toBe(0o600);
});
