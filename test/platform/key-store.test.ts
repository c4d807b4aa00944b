/** What both key stores promise, held against both: files, and a real PostgreSQL. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyStoreAway, type KeyStore } from '../../platform/key-store.ts';
import { unwrapKey } from '../../platform/key-wrap.ts';
import { createLog } from '../../platform/log.ts';
import { openStores, prepareKeyStore, readWrappingKeys } from '../../platform/stores.ts';
import { runKeys } from '../../scripts/keys/run.ts';
import { newDatabase, startPostgres, statement, type Postgres } from '../support/postgres.ts';

const log = createLog('test', 'silent');
let postgres: Postgres;
let url: string;
let dataDir: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
  postgres = await startPostgres();
  url = await newDatabase(postgres, 'keys');
  await prepareKeyStore(settingsOf('postgres'), log);
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function settingsOf(kind: 'files' | 'postgres') {
  return { DATA_DIR: dataDir, KEY_STORE: kind, ...(kind === 'postgres' && { KEY_STORE_URL: url }) };
}

/** A store as one process has it. */
async function aStore(kind: 'files' | 'postgres'): Promise<KeyStore> {
  const { keys, close } = await openStores(settingsOf(kind), log, 'test');
  closing.push(close);
  return keys;
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const hex = (key: Uint8Array | undefined) => key && Buffer.from(key).toString('hex');

describe.each(['files', 'postgres'] as const)('the key store on %s', (kind) => {
  it('makes a key of 32 bytes at its first use, another for each person, and finds it again', async () => {
    const keys = await aStore(kind);
    expect(await keys.find('eva')).toBeUndefined();
    const key = await keys.ensure('eva');
    expect(key).toHaveLength(32);
    expect(hex(await keys.ensure('eva'))).toBe(hex(key));
    expect(hex(await (await aStore(kind)).find('eva'))).toBe(hex(key));
    expect(hex(await keys.ensure('ab'))).not.toBe(hex(key));
    expect(await keys.wasDestroyed('eva')).toBe(false);
  });

  it('makes one key for each person, also when several processes ask at once', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => aStore(kind)));
    for (let i = 0; i < 20; i += 1) {
      const made = await Promise.all(stores.map((keys) => keys.ensure(`at-once-${i}`)));
      expect(new Set(made.map(hex)).size).toBe(1);
    }
  });

  it('never makes a key anew that was destroyed, and destroys as often as one likes', async () => {
    const keys = await aStore(kind);
    await keys.ensure('noor');
    await keys.destroy('noor');
    await keys.destroy('noor');
    expect(await keys.find('noor')).toBeUndefined();
    expect(await keys.ensure('noor')).toBeUndefined();
    expect(await keys.wasDestroyed('noor')).toBe(true);
    expect(await (await aStore(kind)).ensure('noor')).toBeUndefined();
  });

  it('makes no key for a person whose key was destroyed before there was any', async () => {
    const keys = await aStore(kind);
    await keys.destroy('nobody-yet');
    expect(await keys.ensure('nobody-yet')).toBeUndefined();
    expect(await keys.wasDestroyed('nobody-yet')).toBe(true);
    expect(await keys.wasDestroyed('somebody-else')).toBe(false);
  });

  it('lets whoever destroys a key win over whoever asks for it at the same moment, and nobody fails', async () => {
    const [one, other, third] = await Promise.all([aStore(kind), aStore(kind), aStore(kind)]);
    const destroyed = async (keys: KeyStore, id: string, after: number) => {
      await turns(after);
      await keys.destroy(id);
    };
    for (let i = 0; i < 100; i += 1) {
      const id = `race-${i}`;
      await Promise.all([one.ensure(id), destroyed(other, id, i % 20), destroyed(third, id, i % 7)]);
      expect(await one.find(id)).toBeUndefined();
      expect(await one.ensure(id)).toBeUndefined();
    }
  });
});

describe('the files of a key store', () => {
  it('hold a mark in the place of a destroyed key, and nothing of the key', async () => {
    const keys = await aStore('files');
    const key = Buffer.from((await keys.ensure('joris'))!);
    await keys.destroy('joris');
    const folder = join(dataDir, 'keys', 'persons');
    const left = (await readdir(folder)).filter((name) => name.startsWith('joris'));
    expect(left).toEqual(['joris.destroyed']);
    expect(await readFile(join(folder, left[0]!), 'latin1')).not.toContain(key.toString('base64'));
  });
});

describe('the database of a key store', () => {
  it('opens nothing by itself: no key is in its rows, its files or its write-ahead log', async () => {
    const keys = await aStore('postgres');
    const key = Buffer.from((await keys.ensure('sam'))!);
    const rows = await statement<{ wrapped: Buffer }>(url, `SELECT * FROM person_keys WHERE key_id = 'sam'`);
    expect(rows[0]!.wrapped).toHaveLength(12 + 32 + 16);
    await statement(url, 'CHECKPOINT');
    const bytes = await filesOf(postgres.folder);
    expect(bytes.includes(rows[0]!.wrapped)).toBe(true); // so the scan does see what is there
    for (const form of [key, key.toString('hex'), key.toString('base64')])
      expect(bytes.includes(form)).toBe(false);
  });

  it('has a row without a key as the mark of a destroyed one', async () => {
    const keys = await aStore('postgres');
    await keys.ensure('kim');
    await keys.destroy('kim');
    const rows = await statement(url, `SELECT wrapped, wrapped_by FROM person_keys WHERE key_id = 'kim'`);
    expect(rows).toEqual([{ wrapped: null, wrapped_by: null }]);
  });

  it('gives no key to who puts the row of one person in the place of another', async () => {
    const keys = await aStore('postgres');
    await keys.ensure('robin');
    await keys.ensure('mallory');
    await statement(
      url,
      `UPDATE person_keys SET wrapped = (SELECT wrapped FROM person_keys WHERE key_id = 'robin') WHERE key_id = 'mallory'`,
    );
    await expect(keys.find('mallory')).rejects.toThrow(/authenticate/);
  });

  it('is made ready once, whoever does so at the same time, and keeps its wrapping keys', async () => {
    const fresh = { ...settingsOf('postgres'), KEY_STORE_URL: await newDatabase(postgres, 'fresh') };
    const made = await Promise.all(Array.from({ length: 6 }, () => prepareKeyStore(fresh, log)));
    expect(made.every(({ isNew }) => isNew)).toBe(true);
    const ring = await readWrappingKeys(fresh);
    const { keys, close } = await openStores(fresh, log, 'test');
    closing.push(close);
    await keys.ensure('first');
    expect(await prepareKeyStore(fresh, log)).toEqual({ isNew: false });
    expect(await readWrappingKeys(fresh)).toEqual(ring);
  });

  it('that holds keys gets no new wrapping keys where the old ones are missing', async () => {
    const keys = await aStore('postgres');
    await keys.ensure('wrapped');
    const elsewhere = { ...settingsOf('postgres'), DATA_DIR: join(dataDir, 'elsewhere') };
    await expect(prepareKeyStore(elsewhere, log)).rejects.toThrow(
      /^No keys of the key store at .*: put them back/,
    );
    await expect(openStores(elsewhere, log, 'test')).rejects.toThrow(/^No keys of the key store at /);
  });

  it('gets another wrapping key step by step, after which nothing that is left of a destroyed key opens', async () => {
    const settings = {
      ...settingsOf('postgres'),
      KEY_STORE_URL: await newDatabase(postgres, 'rotated'),
      DATA_DIR: join(dataDir, 'rotated'),
    };
    const database = settings.KEY_STORE_URL;
    await prepareKeyStore(settings, log);
    const before = await readWrappingKeys(settings);
    const opened = async () => {
      const { keys, close } = await openStores(settings, log, 'test');
      closing.push(close);
      return keys;
    };
    const step = (name: string, id?: string) =>
      runKeys({ step: name, id, of: 'key-store', lose: false, env: settings, usage: '' });
    const worker = await opened();
    const key = hex(await worker.ensure('eva'));
    await worker.ensure('noor');
    const [row] = await statement<{ wrapped: Buffer }>(
      database,
      `SELECT wrapped FROM person_keys WHERE key_id = 'noor'`,
    );
    const left = { wrapped: row!.wrapped, wrappedBy: before.current };

    await step('add', 'next');
    const knowing = await opened();
    expect(hex(await worker.ensure('eva'))).toBe(key);
    await step('use', 'next');
    const using = await opened();
    await using.ensure('ab'); // under the new one, which who was told of it before can open
    expect(hex(await knowing.find('ab'))).toBe(hex(await using.find('ab')));
    await expect(worker.find('ab')).rejects.toThrow('No key of the key store "next" here');
    await expect(step('drop', before.current)).rejects.toThrow(`"${before.current}" still wraps 2 keys`);
    await using.destroy('noor');
    expect(await step('rewrap')).toBe('1 keys are now under "next".');
    expect(await step('list')).toBe(`${before.current}\nnext  current  2 keys`);
    await step('drop', before.current);

    const after = await opened();
    expect(hex(await after.find('eva'))).toBe(key);
    expect(await after.find('noor')).toBeUndefined();
    // Somebody digs up the old row, of the database's files or a backup of it.
    const bytes = await filesOf(postgres.folder);
    expect(bytes.includes(left.wrapped)).toBe(true);
    expect(unwrapKey(before, 'noor', left)).toHaveLength(32);
    expect(() => unwrapKey({ ...before, keys: new Map() }, 'noor', left)).toThrow('No key of the key store');
    const ring = await readWrappingKeys(settings);
    expect([...ring.keys.keys()]).toEqual(['next']);
    expect(() => unwrapKey(ring, 'noor', { ...left, wrappedBy: 'next' })).toThrow(/authenticate/);
  });

  it('that is away is said in seconds, without its address or password, and is found again by itself', async () => {
    const own = await startPostgres();
    try {
      const settings = { ...settingsOf('postgres'), KEY_STORE_URL: own.url };
      await prepareKeyStore(settings, log);
      const { keys, close } = await openStores(settings, log, 'test');
      closing.push(close);
      const key = await keys.ensure('ab');
      await own.kill();
      const before = Date.now();
      for (const call of [keys.find('ab'), keys.ensure('new'), keys.destroy('ab'), keys.wasDestroyed('ab')]) {
        const error = await call.catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(KeyStoreAway);
        expect((error as Error).message).toMatch(/^The key store does not answer \([\w ]+\)$/);
      }
      expect(Date.now() - before).toBeLessThan(10_000);
      await own.start();
      expect(hex(await keys.find('ab'))).toBe(hex(key));
    } finally {
      await own.stop();
    }
  });

  it('that hangs is given up within seconds', async () => {
    const keys = await aStore('postgres');
    await keys.ensure('hanging');
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE person_keys');
      const before = Date.now();
      await expect(keys.find('hanging')).rejects.toThrow(KeyStoreAway);
      expect(Date.now() - before).toBeLessThan(8000);
    } finally {
      await holder.end();
    }
    expect(await keys.find('hanging')).toHaveLength(32);
  });

  it('without its table says what makes it', async () => {
    const bare = { ...settingsOf('postgres'), KEY_STORE_URL: await newDatabase(postgres, 'bare') };
    const { keys, close } = await openStores(bare, log, 'test');
    closing.push(close);
    await expect(keys.find('ab')).rejects.toThrow('The key store has no table yet: run scripts/prepare.ts');
  });

  it.each([
    [{}, 'KEY_STORE_URL: must be set, it or KEY_STORE_URL_FILE'],
    [{ KEY_STORE_URL: 'mysql://secret@db/keys' }, 'KEY_STORE_URL: must be postgres://'],
    [{ KEY_STORE_URL: 'no url of secrets' }, 'KEY_STORE_URL: must be postgres://'],
    [
      { KEY_STORE_URL: 'postgres://u:secret@db/keys' },
      'must end with sslmode=verify-full or sslmode=disable',
    ],
    [{ KEY_STORE_URL: 'postgres://u:secret@db/keys?sslmode=prefer' }, 'must end with sslmode=verify-full'],
    [
      { KEY_STORE_URL: 'postgres://u:secret@db/keys?sslmode=verify-full&sslrootcert=/no/such.pem' },
      'its sslrootcert names no file: /no/such.pem',
    ],
    [{ KEY_STORE_URL: 'x', KEY_STORE_URL_FILE: 'y' }, 'set it or KEY_STORE_URL_FILE, not both'],
    [
      { KEY_STORE_URL_FILE: '/no/such/file' },
      'KEY_STORE_URL_FILE: there is no file to read at /no/such/file',
    ],
  ])('named wrongly stops the start with one line that quotes no secret (%#)', async (more, line) => {
    const settings = { DATA_DIR: dataDir, KEY_STORE: 'postgres' as const, ...more };
    const error = await openStores(settings, log, 'test').catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ name: 'SettingsError', message: expect.stringContaining(line) });
    expect((error as Error).message).not.toContain('secret');
  });

  it('that wants no TLS is not spoken to where the settings want it', async () => {
    const { keys, close } = await openStores(
      { ...settingsOf('postgres'), KEY_STORE_URL: `${url}?sslmode=verify-full` },
      log,
      'test',
    );
    closing.push(close);
    const error = await keys.find('ab').catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(KeyStoreAway);
    expect(((error as Error).cause as Error).message).toContain('does not support SSL');
  });
});

/** Every byte that the server has on disk. */
async function filesOf(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(
    await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)))),
  );
}
