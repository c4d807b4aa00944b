/**
 * The API as outside parties find it: schemathesis reads the OpenAPI document of the running system and calls every
 * operation, as the document allows and as it does not. No answer may be a fault of ours, or outside its schema.
 *
 *   --seconds N   for all roles together (240)
 *   --role NAME   one of them alone
 *   --seed N      chooses what is called
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { caller } from '../support/api-caller.ts';
import { withParts, type Campaign } from '../support/with-parts.ts';
import { prepare, type Known } from './prepare.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '240' },
    role: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

/** Who calls, and which part of the time is theirs: most operations are a case manager's. */
const callers = [
  { who: { role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' }, share: 0.5 },
  { who: { role: 'partner', subject: 'housing-corporation', party: 'housing-corporation' }, share: 0.2 },
  { who: { role: 'operations', subject: 'ops-1' }, share: 0.15 },
  { who: { role: 'policy', subject: 'pol-1' }, share: 0.15 },
] as const;
type Who = (typeof callers)[number]['who'];

const chosen = callers.filter(({ who }) => !values.role || who.role === values.role);
const seconds = Number(values.seconds);
// A run that calls nothing must not look like one that found nothing.
if (chosen.length === 0 || !(seconds > 0)) {
  process.stderr.write(
    `--role is one of ${callers.map(({ who }) => who.role).join(', ')}; --seconds a number\n`,
  );
  process.exit(2);
}

/** Signs tokens as the identity provider of development does. */
async function signer({ dataDir, parts }: Campaign) {
  const common = {
    key: await loadSigningKey(dataDir),
    issuer: `${parts.simulatorUrl}/identity`,
    audience: 'outflow-routes',
    expiresInSeconds: 3600,
  };
  return (who: Who) => signToken({ ...common, ...who });
}

/** Puts the settings into a folder, and beside them a dictionary for each of the known values. */
async function settingsIn(folder: string, known: Known): Promise<string> {
  const file = join(folder, 'schemathesis.toml');
  await copyFile(join(import.meta.dirname, 'schemathesis.toml'), file);
  for (const [name, some] of Object.entries(known))
    await writeFile(join(folder, `${name}.dict`), some.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return file;
}

/** Runs it to its end; whether it found nothing. */
async function schemathesis(
  settings: string,
  apiUrl: string,
  token: string,
  maxSeconds: number,
): Promise<boolean> {
  const args = ['--config-file', settings, 'run', `${apiUrl}/v1/openapi.json`, '--url', `${apiUrl}/v1`];
  // A stream of events never ends.
  const limits = [
    '--exclude-path-regex',
    '/changes$',
    '--max-time',
    String(maxSeconds),
    '--seed',
    values.seed,
  ];
  const env = { ...process.env, TOKEN: token };
  const options = { cwd: dirname(settings), env, stdio: 'inherit' } as const;
  const [code] = await once(spawn('schemathesis', [...args, ...limits], options), 'exit');
  return code === 0;
}

await withParts({ RULES: 'demo', SIMULATOR_DELAY_MS: '100', LOG_LEVEL: 'warn' }, async (campaign) => {
  const { parts } = campaign;
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const sign = await signer(campaign);
  const as = async (role: Who['role']) =>
    caller(parts.apiUrl, await sign(callers.find(({ who }) => who.role === role)!.who));
  const known = await prepare({
    manager: await as('case-manager'),
    partner: await as('partner'),
    policy: await as('policy'),
  });
  const settings = await settingsIn(campaign.dataDir, known);
  let isClean = true;
  for (const { who, share } of chosen) {
    process.stdout.write(`\nAs ${who.role}\n`);
    const theirs = Math.ceil(seconds * (chosen.length === 1 ? 1 : share));
    isClean = (await schemathesis(settings, parts.apiUrl, await sign(who), theirs)) && isClean;
  }
  process.stdout.write(isClean ? '\nNothing found.\n' : '\nSomething was found; see above.\n');
  return isClean;
});
