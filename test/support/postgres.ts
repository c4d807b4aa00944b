/** A PostgreSQL of a test's own: real, on loopback, and gone afterwards. A missing one fails the test that needs it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, open, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './ports.ts';
import { until } from './until.ts';

const run = promisify(execFile);

export interface Postgres {
  /** For who may do everything there. */
  readonly url: string;
  /** Where its files are. */
  readonly folder: string;
  start(): Promise<void>;
  /** Ends it, as a failing machine does: whoever is connected loses the connection. */
  kill(): Promise<void>;
  /** Ends it and takes its files away. */
  stop(): Promise<void>;
}

const password = 'a:secret/of@tests';
/** PostgreSQL refuses to run as root. */
const nobody = { uid: 65_534, gid: 65_534 };
/** Ends also when this process was killed: its input ends then. */
const withParent = '"$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server';

/** Makes a server with an empty database, and starts it. */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env.POSTGRES_PATH;
  if (!given) throw new Error('POSTGRES_PATH is not set: npm test finds PostgreSQL and sets it');
  const folder = await mkdtemp(join(tmpdir(), 'outflow-postgres-'));
  const as = process.getuid?.() === 0 ? nobody : undefined;
  if (as) await chown(folder, as.uid, as.gid);
  const programs = await programsFor(as !== undefined, dirname(await realpath(given)), folder);
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  await writeFile(secret, password);
  if (as) await chown(secret, as.uid, as.gid);
  const made = ['-D', data, '-U', 'outflow', '-A', 'scram-sha-256', '--pwfile', secret];
  await run(join(programs, 'initdb'), [...made, '-N', '-E', 'UTF8', '--locale=C'], { ...as, cwd: folder });
  const port = await freePort();
  const url = `postgres://outflow:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  const options = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off', // it does not outlive the machine anyway
    autovacuum: 'off', // what is looked for in its files must not depend on chance
  };
  const args = [
    '-D',
    data,
    ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];

  let ended: (() => Promise<void>) | undefined;
  const server: Postgres = {
    url,
    folder,
    async start() {
      const log = await open(join(folder, 'log'), 'a');
      const child = spawn('/bin/sh', ['-c', withParent, 'sh', join(programs, 'postgres'), ...args], {
        ...as,
        cwd: folder,
        stdio: ['pipe', log.fd, log.fd],
      });
      const gone = once(child, 'exit');
      ended = async () => {
        child.stdin?.end();
        await gone;
        await log.close();
      };
      await until('PostgreSQL answers', () => answers(url), 30_000).catch(async (error: unknown) => {
        await server.kill();
        throw new Error(`PostgreSQL said: ${await readFile(join(folder, 'log'), 'utf8')}`, { cause: error });
      });
    },
    async kill() {
      await ended?.();
      ended = undefined;
    },
    async stop() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** A database of its own in a server that runs. @returns its URL */
export async function newDatabase({ url }: Postgres, name: string): Promise<string> {
  await statement(url, `CREATE DATABASE ${name}`);
  return url.replace(/\/postgres$/, `/${name}`);
}

/** One statement, by whoever may do everything. */
export async function statement<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  await statement(url, 'SELECT 1');
  return true;
}

/** The folder of the programs; a copy where their user could not come, such as below root's home. */
async function programsFor(isOther: boolean, programs: string, folder: string): Promise<string> {
  if (!isOther || (await isReachable(programs))) return programs;
  await cp(dirname(programs), join(folder, 'program'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'program', 'bin');
}

async function isReachable(folder: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], nobody);
    return true;
  } catch {
    return false;
  }
}
