/** Another wrapping key for what PostgreSQL holds, so that the old one may go: with it goes whatever is left of destroyed keys. */
import type { Pool } from 'pg';
import type { KeyRing } from './key-ring.ts';
import { ask } from './key-store-postgres.ts';
import { unwrapKey, wrapKey } from './key-wrap.ts';

interface Row {
  readonly key_id: string;
  readonly wrapped: Buffer;
  readonly wrapped_by: string;
}

const AT_ONCE = 500;

/**
 * Wraps each key anew that is under another than the current wrapping key, while everybody works on. A key that is destroyed
 * meanwhile stays so.
 * @returns how many
 * @throws KeyStoreAway; WrappingKeyMissing
 */
export async function rewrapKeys(pool: Pool, ring: KeyRing): Promise<number> {
  for (let count = 0; ;) {
    const rows = await ask<Row>(
      pool,
      'SELECT key_id, wrapped, wrapped_by FROM person_keys WHERE wrapped_by <> $1 LIMIT $2',
      [ring.current, AT_ONCE],
    );
    if (rows.length === 0) return count;
    for (const { key_id, wrapped, wrapped_by } of rows) {
      const key = unwrapKey(ring, key_id, { wrapped, wrappedBy: wrapped_by });
      const anew = wrapKey(ring, key_id, key);
      const done = await ask(
        pool,
        'UPDATE person_keys SET wrapped = $2, wrapped_by = $3 WHERE key_id = $1 AND wrapped = $4 RETURNING 1',
        [key_id, anew.wrapped, anew.wrappedBy, wrapped],
      );
      count += done.length;
    }
  }
}

/** How many keys are under each wrapping key, by its id. @throws KeyStoreAway */
export async function countByWrapping(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const rows = await ask<{ wrapped_by: string; count: number }>(
    pool,
    'SELECT wrapped_by, count(*)::int AS count FROM person_keys WHERE wrapped IS NOT NULL GROUP BY 1',
  );
  return new Map(rows.map((row) => [row.wrapped_by, row.count]));
}
