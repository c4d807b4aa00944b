/**
 * Keys of persons in PostgreSQL, each wrapped under a key that is kept elsewhere: a copy of the database opens nothing.
 * Each change is one statement, so that of several processes at once one makes a key, and whoever destroys it wins.
 */
import { randomBytes } from 'node:crypto';
import type { Pool, QueryResultRow } from 'pg';
import { KEY_BYTES, type KeyRing } from './key-ring.ts';
import { KeyStoreAway, type KeyStore } from './key-store.ts';
import { unwrapKey, wrapKey } from './key-wrap.ts';
import { processingTable } from './processing-table.ts';

/** A row without a key is the mark of one that was destroyed. */
interface Row {
  readonly wrapped: Buffer | null;
  readonly wrapped_by: string | null;
}

/** Rows that are rewritten are cleared away within a minute, rather than once a fifth of the table has changed. */
const table = `
  CREATE TABLE IF NOT EXISTS person_keys (
    key_id text PRIMARY KEY,
    wrapped bytea,
    wrapped_by text,
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (wrapped_by IS NULL)),
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
  ) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)`;

/** Any number; two processes that make the table at once would get in each other's way otherwise. */
const TABLE_LOCK = 7_265_483;
const NO_SUCH_TABLE = '42P01';

export function postgresKeyStore(pool: Pool, ring: KeyRing): KeyStore {
  const rowOf = async (keyId: string): Promise<Row | undefined> => {
    const rows = await ask<Row>(pool, 'SELECT wrapped, wrapped_by FROM person_keys WHERE key_id = $1', [
      keyId,
    ]);
    return rows[0];
  };
  const keyOf = (keyId: string, row: Row | undefined) =>
    row?.wrapped && row.wrapped_by
      ? unwrapKey(ring, keyId, { wrapped: row.wrapped, wrappedBy: row.wrapped_by })
      : undefined;
  return {
    async ensure(keyId) {
      const known = await rowOf(keyId);
      if (known) return keyOf(keyId, known);
      const { wrapped, wrappedBy } = wrapKey(ring, keyId, randomBytes(KEY_BYTES));
      await ask(
        pool,
        `INSERT INTO person_keys (key_id, wrapped, wrapped_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [keyId, wrapped, wrappedBy],
      );
      return keyOf(keyId, await rowOf(keyId)); // that of whoever came first, or none any more
    },
    find: async (keyId) => keyOf(keyId, await rowOf(keyId)),
    wasDestroyed: async (keyId) => (await rowOf(keyId))?.wrapped === null,
    async destroy(keyId) {
      await ask(
        pool,
        `INSERT INTO person_keys (key_id, destroyed_at) VALUES ($1, now())
          ON CONFLICT (key_id) DO UPDATE SET wrapped = NULL, wrapped_by = NULL, destroyed_at = now()
          WHERE person_keys.destroyed_at IS NULL`,
        [keyId],
      );
    },
  };
}

/** Makes the table where there is none. @throws KeyStoreAway */
export async function createTable(pool: Pool): Promise<void> {
  // One message is one transaction, which the lock lasts as long as.
  await ask(pool, `SELECT pg_advisory_xact_lock(${TABLE_LOCK}); ${table}; ${processingTable}`);
}

/** Whether no key was ever made here. @throws KeyStoreAway */
export async function isEmpty(pool: Pool): Promise<boolean> {
  return (await ask(pool, 'SELECT FROM person_keys LIMIT 1')).length === 0;
}

/** One statement. @throws KeyStoreAway whatever it was that went wrong: the cause says what */
export async function ask<R extends QueryResultRow>(
  pool: Pool,
  text: string,
  values?: readonly unknown[],
): Promise<R[]> {
  try {
    const { rows } = await pool.query<R>(text, values && [...values]);
    return rows;
  } catch (cause) {
    // The code alone: a message may quote the user or the address.
    const { code = 'no answer in time' } = cause as { code?: string };
    const why =
      code === NO_SUCH_TABLE ? 'has no table yet: run scripts/prepare.ts' : `does not answer (${code})`;
    throw new KeyStoreAway(`The key store ${why}`, { cause });
  }
}
