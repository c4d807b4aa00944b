/**
 * Ten prepared failures on real processes, under terms of seconds: each has to be found by a saved view, an alert or a check
 * within its time, its cause has to be readable, an entry of the runbook has to mend it, and its route has to come to its end.
 *
 *   --only NAME    one of them, by the beginning of its name
 */
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectClient } from '../../platform/connection.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import { withParts } from '../support/with-parts.ts';
import { frontOf, type Meddling, type Passing } from './front.ts';
import * as parties from './parties.ts';
import * as partners from './partners.ts';
import { Drilled, tableOf } from './table.ts';
import { prepareBug, stageBug, workerDown } from './worker.ts';
import { World, type Failure, type Wires } from './world.ts';

/** Gone through beside each other. */
const beside: readonly Failure[] = [
  partners.silent,
  partners.down,
  partners.malformed,
  partners.lostEvent,
  partners.expiredToken,
  parties.refusedCommitment,
  parties.ledgerFull,
  parties.onHold,
];
/** Each for itself when the others are mended: they are about the worker that all routes need. */
const alone: readonly Failure[] = [workerDown, stageBug];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const asked = (all: readonly Failure[]) => all.filter(({ name }) => name.startsWith(values.only ?? ''));
if (asked([...beside, ...alone]).length === 0) {
  const names = [...beside, ...alone].map(({ name }) => name).join(', ');
  process.stderr.write(`--only: choose one of ${names}\n`);
  process.exit(2);
}

const began = Date.now();
const say = (line: string) => {
  const spent = Math.floor((Date.now() - began) / 1000);
  const [minutes, seconds] = [Math.floor(spent / 60), spent % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  process.stdout.write(`${minutes}:${seconds}  ${line}\n`);
};

const wires: Wires = { events: new Set(), deniedRoutes: new Set() };
const behind = { api: '', simulator: '' };
/** Where partners send their events: the API, when nothing happens to them on their way. */
const inFrontOfApi = await frontOf(
  () => behind.api,
  (passing) => [...wires.events].map((meddle) => meddle(passing)).find((act) => act !== undefined),
);
/** The support provider, who asks for a token of an authorization server of its own. */
const supportProvider = await frontOf(() => `${behind.simulator}/support-provider`, guarded);

function guarded({ path, authorization, body }: Passing): Meddling {
  if (path === '/token')
    return {
      status: 200,
      body: { access_token: `token-${Date.now()}`, token_type: 'Bearer', expires_in: 300 },
    };
  const isDenied = [...wires.deniedRoutes].some((routeId) => body.includes(routeId));
  if (authorization?.startsWith('Bearer token-') && !isDenied) return undefined;
  const headers = { 'www-authenticate': 'Bearer error="invalid_token", error_description="expired"' };
  return { status: 401, body: {}, headers };
}

/** Below the ports that connections get of the system, so that none has it. */
const metricsAddress = `127.0.0.1:${20_000 + (process.pid % 10_000)}`;
const partnersFile = join(tmpdir(), `drill-partners-${process.pid}.json`);
const oauth2 = { tokenUrl: `${supportProvider.url}/token`, clientId: 'outflow-routes' };
await writeFile(partnersFile, JSON.stringify({ 'support-provider': { url: supportProvider.url, oauth2 } }));

const settings = {
  LOG_LEVEL: 'warn',
  SIMULATOR_DELAY_MS: '300',
  API_URL: inFrontOfApi.url,
  PARTNERS_FILE: partnersFile,
  PARTNER_SECRETS: '{"support-provider":"of-the-drill"}',
  TROUBLE_FIRST_LOOK: '2',
  TROUBLE_LONGEST_LOOK: '5',
};

await withParts(
  settings,
  async ({ parts, dataDir, bundle }) => {
    if (asked([stageBug]).length > 0) await prepareBug();
    [behind.api, behind.simulator] = [parts.apiUrl, parts.simulatorUrl];
    await Promise.all([parts.temporal.start(), parts.simulator.start()]);
    await Promise.all([parts.worker.start(), parts.api.start()]);
    const env = { TEMPORAL_ADDRESS: parts.temporalAddress, DATA_DIR: dataDir, API_URL: parts.apiUrl };
    const client = await connectClient(readSettings(ConnectionSettings, env));
    const world = new World({
      parts,
      client,
      wires,
      bundle,
      env,
      metricsUrl: `http://${metricsAddress}/metrics`,
    });
    say('everything is up');
    const all: Drilled[] = [];
    const ends: Promise<void>[] = [];
    const go = async (failure: Failure) => {
      const told = new Drilled(failure.name, say);
      all.push(told);
      try {
        const end = await failure.run(world, told);
        ends.push(end().catch((error: unknown) => told.failed(error)));
      } catch (error) {
        told.failed(error);
      }
    };
    await Promise.all(asked(beside).map(go));
    for (const failure of asked(alone)) await go(failure);
    say('all are mended or failed; their routes go on to their ends');
    const waiting = setInterval(() => {
      const left = all.filter(({ isGood, isFailed }) => !isGood && !isFailed).map(({ name }) => name);
      say(`on their way to their end: ${left.join(', ')}`);
    }, 15_000);
    await Promise.all(ends);
    clearInterval(waiting);
    await client.connection.close();
    await rm(partnersFile);
    const good = all.filter(({ isGood }) => isGood).length;
    process.stdout.write(`\n${tableOf(all)}\n\n${good} passed, ${all.length - good} failed\n`);
    return good === all.length;
  },
  undefined,
  { api: { METRICS_ADDRESS: metricsAddress } },
);
