/** What each step of `npm run keys` does, and what it says. */
import { connectClient, temporalAway } from '../../platform/connection.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { addKey, dropKey, useKey } from '../../platform/key-rotation.ts';
import { createLog } from '../../platform/log.ts';
import { wrappingKeyFile } from '../../platform/stores.ts';
import { fingerprintKeyOf, payloadKeyFile } from '../../platform/payload-keys.ts';
import { openPool } from '../../platform/postgres.ts';
import { countByWrapping, rewrapKeys } from '../../platform/rewrap-keys.ts';
import { ConnectionSettings, readSettings, SettingsError } from '../../platform/settings.ts';
import { readRing, replaceRing } from './ring-file.ts';
import { usedBy } from './usage.ts';

export interface Asked {
  readonly step: string;
  readonly id: string | undefined;
  readonly of: 'payloads' | 'key-store';
  /** Drop a key whatever is still under it. */
  readonly lose: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly usage: string;
}

const distribute = 'Give the file to every process and start each again before the next step.';

/** Does one step. @returns what to say @throws SettingsError it can't be done, or was not said in full */
export async function runKeys({ step, id, of, lose, env, usage }: Asked): Promise<string> {
  // As npm start has it, where its server is not named.
  const { TEMPORAL_PORT: port = '7233', TEMPORAL_ADDRESS } = env;
  const settings = readSettings(ConnectionSettings, {
    ...env,
    TEMPORAL_ADDRESS: TEMPORAL_ADDRESS || `127.0.0.1:${port || '7233'}`,
  });
  if (of === 'key-store' && settings.KEY_STORE !== 'postgres')
    throw new SettingsError(
      '--of key-store is for KEY_STORE=postgres: keys of persons in files are under no other key',
    );
  const { file, ring } = await ringOf(of, settings);
  const needed = (): string => {
    if (id === undefined) throw new SettingsError(`${step} needs the id of a key. ${usage}`);
    return id;
  };
  switch (step) {
    case 'list':
      return listed(ring, of === 'key-store' ? await wrapped(settings) : new Map());
    case 'add': {
      const added = id ?? freshId(ring);
      // What is asked under an idempotency key goes by the oldest payload key: kept, so that this one may go.
      const kept = of === 'payloads' ? { ...ring, fingerprints: fingerprintKeyOf(ring) } : ring;
      await replaceRing(file, addKey(kept, added));
      return `Added "${added}"; "${ring.current}" still encrypts. ${distribute}`;
    }
    case 'use':
      await replaceRing(file, useKey(ring, needed()));
      return `"${needed()}" encrypts as soon as a process starts with it. ${distribute}`;
    case 'drop': {
      const without = dropKey(ring, needed());
      if (!lose) await assertUnused(of, needed(), settings);
      await replaceRing(file, without);
      return `Dropped "${needed()}". ${distribute} Then take it out of every copy of the file.`;
    }
    case 'rewrap':
      if (of !== 'key-store')
        throw new SettingsError('rewrap is for --of key-store: payloads stay as they are');
      return `${await withPool(settings, (pool) => rewrapKeys(pool, ring))} keys are now under "${ring.current}".`;
    default:
      throw new SettingsError(usage);
  }
}

type Settings = ReturnType<typeof ConnectionSettings.parse>;

async function ringOf(of: Asked['of'], settings: Settings) {
  const [variable, what, file] =
    of === 'payloads'
      ? (['PAYLOAD_KEYS', 'payload', payloadKeyFile(settings)] as const)
      : (['KEY_STORE_KEYS', "key store's", wrappingKeyFile(settings)] as const);
  if (settings[variable] !== undefined)
    throw new SettingsError(
      `The keys are in ${variable}: put them in a file, and name it in ${variable}_FILE`,
    );
  return { file, ring: await readRing(file, what) };
}

function listed(ring: KeyRing, counts: ReadonlyMap<string, number>): string {
  const lines = [...ring.keys.keys()].map((id) => {
    const marks = [
      ...(id === ring.current ? ['current'] : []),
      ...(counts.has(id) ? [`${counts.get(id)} keys`] : []),
    ];
    return [id, ...marks].join('  ');
  });
  return lines.join('\n');
}

/** Of the day; more than one a day are numbered. */
function freshId({ keys }: KeyRing): string {
  const day = new Date().toISOString().slice(0, 10);
  let id = day;
  for (let more = 2; keys.has(id); more += 1) id = `${day}.${more}`;
  return id;
}

async function assertUnused(of: Asked['of'], id: string, settings: Settings): Promise<void> {
  const needs = of === 'payloads' ? await neededBy(settings, id) : (await wrapped(settings)).get(id);
  if (needs !== undefined)
    throw new SettingsError(
      of === 'payloads'
        ? `"${id}" is still needed by ${needs}: wait, or lose what it encrypted with --lose (docs/keys.md)`
        : `"${id}" still wraps ${needs} keys: npm run keys -- rewrap --of key-store`,
    );
}

async function neededBy(settings: Settings, id: string): Promise<string | undefined> {
  const client = await connectClient(settings);
  await client.connection.ensureConnected().catch(() => {
    throw temporalAway(settings.TEMPORAL_ADDRESS);
  });
  try {
    return await usedBy(client, id);
  } finally {
    await client.connection.close();
  }
}

const wrapped = (settings: Settings) => withPool(settings, countByWrapping);

async function withPool<T>(
  settings: Settings,
  act: (pool: Awaited<ReturnType<typeof openPool>>) => Promise<T>,
): Promise<T> {
  const pool = await openPool(settings, createLog('keys', settings.LOG_LEVEL));
  try {
    return await act(pool);
  } finally {
    await pool.end();
  }
}
