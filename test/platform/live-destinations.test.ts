/** A partner that moves needs no restart; a wrong file stops nobody, and is said once. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { liveDestinations } from '../../platform/live-destinations.ts';
import { createLog } from '../../platform/log.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import { until } from '../support/until.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('a changed file is taken, a wrong one is not', async () => {
  const PARTNERS_FILE = join(folder, 'partners.json');
  const write = (file: object) => writeFile(PARTNERS_FILE, JSON.stringify(file));
  await write({ 'debt-service': { url: 'https://old.example' } });
  const environment = { PARTNERS_FILE, PARTNERS_URL: 'https://all.example', PARTNERS_RELOAD_SECONDS: '0.02' };
  const said: string[] = [];
  const log = createLog('worker', 'info', { write: (line: string) => void said.push(line) });
  const current = liveDestinations(readSettings(WorkerSettings, environment), log);
  const before = current();

  await write({ 'debt-service': { url: 'http://plain.example' } });
  await until('the fault is said', () => said.length > 0);
  expect(said[0]).toMatch(/"level":50.*debt-service: must be https/);
  expect(current()['debt-service']).toBe(before['debt-service']);
  await new Promise((resolve) => setTimeout(resolve, 100)); // it is looked at some times more
  expect(said).toHaveLength(1);

  await write({ 'debt-service': { url: 'https://new.example', standard: undefined } });
  await until('it is taken', () => current()['debt-service'].baseUrl === 'https://new.example');
  expect(current()['civil-registry']).toBe(before['civil-registry']);
  expect(said.at(-1)).toMatch(/"changed":\["debt-service"\]/);

  await write({ 'debt-service': { url: 'https://new.example' }, 'record-system': { standard: 'zgw' } });
  await until('another standard is said', () => said.at(-1)?.includes('needs a restart'));
});
