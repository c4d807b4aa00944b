/** The log of data processing in PostgreSQL, in the database of the keys of persons. */
import type { Pool } from 'pg';
import { ask } from './key-store-postgres.ts';
import { lineOf, ProcessingLine, ProcessingLogAway, type ProcessingLog } from './processing-log.ts';

/**
 * @param service - which process writes
 * @param register - where the register of processing activities is
 */
export function postgresProcessingLog(pool: Pool, service: string, register?: string): ProcessingLog {
  return {
    async record(processing) {
      const { routeId } = processing;
      await away(
        ask(pool, 'INSERT INTO processing_log (route_id, line) VALUES ($1, $2)', [
          routeId,
          JSON.stringify(lineOf(processing, { service, register })),
        ]),
      );
    },
    async of(routeId) {
      const rows = await away(
        ask<{ line: unknown }>(pool, 'SELECT line FROM processing_log WHERE route_id = $1 ORDER BY id', [
          routeId,
        ]),
      );
      return rows.map(({ line }) => ProcessingLine.parse(line));
    },
    async prune(before) {
      const gone = await away(
        ask<{ count: string }>(
          pool,
          `WITH old AS (
            DELETE FROM processing_log WHERE route_id IN (
              SELECT route_id FROM processing_log GROUP BY route_id HAVING max(written_at) < $1
            ) RETURNING route_id
          ) SELECT count(DISTINCT route_id) FROM old`,
          [before],
        ),
      );
      return Number(gone[0]?.count ?? 0);
    },
  };
}

const away = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((cause: unknown) => {
    throw new ProcessingLogAway('The log of data processing does not answer', { cause });
  });
