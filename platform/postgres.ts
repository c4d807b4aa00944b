/** The way to PostgreSQL: few connections, each answer within seconds, TLS unless the settings say that there is none. */
import { existsSync } from 'node:fs';
import pg from 'pg';
import type { KeyStoreSettings } from './key-settings.ts';
import type { Logger } from './log.ts';
import { readSecret } from './secret-file.ts';
import { SettingsError } from './settings.ts';

/** For a connection, a free one among those there are included; a caller of the API waits for it. */
const CONNECT_MS = 3000;
/** Longer than any statement here takes. */
const ANSWER_MS = 3000;
const tlsModes = ['verify-full', 'disable'];
const thisMachine = /^(|localhost|127\.[\d.]+|\[::1\])$/;

/**
 * A pool that connects at the first statement.
 * @throws SettingsError when the URL is missing or wrong; it never quotes it, for it may hold a password
 */
export async function openPool(settings: KeyStoreSettings, log: Logger): Promise<pg.Pool> {
  const { KEY_STORE_URL: text, KEY_STORE_URL_FILE: file } = settings;
  const url = (await readSecret({ variable: 'KEY_STORE_URL', text, file }))?.trim();
  if (!url) throw wrong('must be set, it or KEY_STORE_URL_FILE, with KEY_STORE=postgres');
  assertUsable(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'outflow-routes',
    max: settings.KEY_STORE_CONNECTIONS ?? 5,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    statement_timeout: ANSWER_MS,
    keepAlive: true,
  });
  // An idle connection that breaks: the next statement gets another one.
  pool.on('error', (error) =>
    log.warn({ event: 'key-store-connection-lost', message: error.message }, 'key store'),
  );
  return pool;
}

function assertUsable(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw wrong('must be postgres://user:password@host:port/database?sslmode=…');
  const authority = url.searchParams.get('sslrootcert');
  if (authority !== null && !existsSync(authority))
    throw wrong(`its sslrootcert names no file: ${authority}`);
  const mode = url.searchParams.get('sslmode');
  if (mode === null && thisMachine.test(url.hostname)) return;
  if (mode === null || !tlsModes.includes(mode))
    throw wrong(`must end with sslmode=${tlsModes.join(' or sslmode=')} for a database on another machine`);
}

const wrong = (why: string) => new SettingsError(`Wrong setting: KEY_STORE_URL: ${why}`);
