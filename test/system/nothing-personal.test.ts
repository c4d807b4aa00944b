/**
 * What whoever runs the machine can read: the database of the server, its histories and lists, the logs. Nothing of what
 * was ever said about two people is in it, in whatever form; and when their keys are gone, nothing of it opens any more.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from '@temporalio/client';
import { compactDecrypt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient } from '../../platform/connection.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { readPayloadKeys } from '../../platform/payload-keys.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import { liveThrough, personal, refused } from '../support/a-whole-life.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany } from '../support/case-manager.ts';
import { foundIn } from '../support/forms-of-text.ts';
import { createParts, type Parts } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { asJson, decoded, inClear, kept } from '../support/what-the-server-keeps.ts';

const secret = { ...personal, ...refused };
let dataDir: string;
let parts: Parts;
let client: Client;
let routeIds: string[];
let caseManager: Caller;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  parts = await createParts(dataDir, { SIMULATOR_DELAY_MS: '50', LOG_LEVEL: 'trace' });
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const settings = { TEMPORAL_ADDRESS: parts.temporalAddress, DATA_DIR: dataDir };
  client = await connectClient(readSettings(ConnectionSettings, settings));
  caseManager = await parts.as({ role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' });
  routeIds = await liveThrough({
    caseManager,
    partner: await parts.as({ role: 'partner', subject: 'support-provider', party: 'support-provider' }),
    setBehaviours: async (rules) => {
      await fetch(`${parts.simulatorUrl}/control/behaviours`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(rules),
      });
    },
  });
});
afterAll(async () => {
  await client?.connection.close();
  await parts?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Everything that can be read without a key of a person, by where it stands. */
async function everything(): Promise<Record<string, Buffer>> {
  const server = await kept(client);
  const database = (await readdir(dataDir)).filter((name) => name.startsWith('temporal.db'));
  const files = database.map(async (name) => [name, await readFile(join(dataDir, name))] as const);
  return {
    ...Object.fromEntries(await Promise.all(files)),
    'lists, descriptions and histories': asJson(server),
    'the same, for who has the payload keys': await decoded(
      server,
      await readPayloadKeys({ DATA_DIR: dataDir }),
    ),
    'temporal workflow show': await shown(),
    "the worker's log": Buffer.from(parts.worker.said()),
    "the API's log": Buffer.from(parts.api.said()),
    'what the API lists': await lists(),
    'the log of data processing': await processingLog(),
  };
}

async function processingLog(): Promise<Buffer> {
  const folder = join(dataDir, 'processing-log');
  return Buffer.concat(
    await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name)))),
  );
}

async function shown(): Promise<Buffer> {
  const show = (routeId: string) => [
    'workflow',
    'show',
    '--output',
    'json',
    '--workflow-id',
    `route/${routeId}`,
  ];
  const ask = (args: string[]) =>
    promisify(execFile)(process.env.TEMPORAL_CLI_PATH!, [...args, '--address', parts.temporalAddress], {
      maxBuffer: 64 * 1024 * 1024,
    });
  const outputs = await Promise.all(routeIds.map((routeId) => ask(show(routeId))));
  return Buffer.from(outputs.map(({ stdout }) => stdout).join('\n'));
}

async function lists(): Promise<Buffer> {
  const director = await parts.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0153' });
  const operations = await parts.as({ role: 'operations', subject: 'ops-1' });
  const answers = await Promise.all([
    ...[caseManager, director, operations].map((who) => who.get('/routes')),
    director.get('/reports/home-promise'),
    ...routeIds.flatMap((routeId) =>
      ['', '/waits', '/timeline'].map((path) => operations.get(`/routes/${routeId}${path}`)),
    ),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return Buffer.from(JSON.stringify(answers.map(({ body }) => body)));
}

/** Nothing personal anywhere; and each place holds what proves that it was looked at in clear. */
function expectNothing(places: Record<string, Buffer>): void {
  expect(Object.keys(places)).toEqual(expect.arrayContaining(['temporal.db', 'temporal.db-wal']));
  for (const [place, bytes] of Object.entries(places))
    expect([place, foundIn(bytes, secret)]).toEqual([place, []]);
  const known = { routeId: routeIds[0]!, municipality: 'GM0153' };
  for (const place of ['lists, descriptions and histories', 'what the API lists'])
    expect([place, foundIn(places[place]!, known)]).toEqual([place, ['routeId', 'municipality']]);
  const ofRoute = ['the same, for who has the payload keys', "the API's log", 'the log of data processing'];
  for (const place of ofRoute)
    expect([place, foundIn(places[place]!, { routeId: routeIds[0]! })]).toEqual([place, ['routeId']]);
  const database = Buffer.concat([places['temporal.db']!, places['temporal.db-wal']!]);
  expect(foundIn(database, known)).toEqual(['routeId', 'municipality']);
}

/** What is sealed in the payloads. */
function sealedIn(places: Record<string, Buffer>): string[] {
  const text = places['the same, for who has the payload keys']!.toString('latin1');
  return [...new Set(text.match(/eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+/g))];
}

/** What opens of it with the keys that there are. */
async function opened(sealed: readonly string[]): Promise<Buffer> {
  const keys = fileKeyStore(dataDir);
  const texts: Uint8Array[] = [];
  for (const jwe of sealed) {
    const key = await keys.find(decodeProtectedHeader(jwe).kid!);
    if (key) texts.push((await compactDecrypt(jwe, key)).plaintext);
  }
  return Buffer.concat(texts);
}

describe('of two people who went all the way to a home', () => {
  let sealed: string[];

  it('nothing can be read in the database, the histories, the lists and the logs; with their keys, all of it', async () => {
    const places = await everything();
    expectNothing(places);
    // Besides what lists are searched by, the SDK's own notes of when a partner was asked are all that is not encrypted.
    const notes = inClear(await kept(client)).flatMap((note) => Object.keys(JSON.parse(note) as object));
    expect([...new Set(notes)].sort()).toEqual([
      'activity_id',
      'activity_type',
      'attempt',
      'backoff',
      'complete_time',
      'original_schedule_time',
      'seq',
    ]);
    sealed = sealedIn(places);
    // So it was all there to be found; the reason of the closure is still to come.
    const { closureReason: _, ...written } = personal;
    expect(foundIn(await opened(sealed), personal)).toEqual(Object.keys(written));
    expect(foundIn(await opened(sealed), refused)).toEqual([]);
  });

  it('nothing can be read or opened by anybody once their routes are closed and the keys destroyed', async () => {
    for (const routeId of routeIds) {
      const { status } = await caseManager.post(`/routes/${routeId}/closure`, {
        reason: personal.closureReason,
      });
      expect(status).toBe(202);
    }
    for (const routeId of routeIds) await accompany(caseManager, routeId, ({ stage }) => stage === 'closed');
    await until('the keys are destroyed', async () => {
      const certificates = routeIds.map((routeId) => caseManager.get(`/routes/${routeId}/certificate`));
      return (await Promise.all(certificates)).every(({ status }) => status === 200);
    });
    const places = await everything();
    expectNothing(places);
    const all = [...sealed, ...sealedIn(places)];
    expect(all.length).toBeGreaterThan(sealed.length);
    expect(await opened(all)).toHaveLength(0);
    const left = await readdir(join(dataDir, 'keys', 'persons'));
    expect(left.filter((name) => !name.endsWith('.destroyed'))).toEqual([]);
    const person = await caseManager.get(`/routes/${routeIds[0]}/person`);
    expect([person.status, person.body.type]).toEqual([410, expect.stringContaining('person-erased')]);
  });
});
