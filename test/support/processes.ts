/** The parts as processes of their own, so that a test can kill one as a power cut would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pragmas from '../../scripts/lib/sqlite-pragmas.json' with { type: 'json' };
import attributes from '../../domain/search-attributes.json' with { type: 'json' };
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { caller, type Caller } from './api-caller.ts';
import { freePort } from './ports.ts';
import { until } from './until.ts';

const root = join(import.meta.dirname, '..', '..');
const startsWithinMs = 120_000;

export interface Part {
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>;
  /** Starts it (again), and waits until it is ready. */
  start(): Promise<void>;
  /** Everything that it said so far on both streams, all starts together. */
  said(): string;
}

export interface Parts {
  readonly temporal: Part;
  readonly simulator: Part;
  readonly worker: Part;
  readonly api: Part;
  readonly apiUrl: string;
  readonly temporalAddress: string;
  readonly simulatorUrl: string;
  /** The API as somebody calls it. */
  as(
    who: Omit<Parameters<typeof signToken>[0], 'key' | 'issuer' | 'audience' | 'expiresInSeconds'>,
  ): Promise<Caller>;
  /** Kills every process that was begun here. */
  stop(): Promise<void>;
}

const answers = (url: string) => async () => (await fetch(url)).ok;

/**
 * Parts that share one data folder and find each other on free ports. Nothing is started yet.
 * @param more - settings of all parts; @param own - of one of them besides
 */
export async function createParts(
  dataDir: string,
  more: Record<string, string> = {},
  own: { worker?: Record<string, string>; api?: Record<string, string> } = {},
): Promise<Parts> {
  const [temporalPort, port, simulatorPort] = [await freePort(), await freePort(), await freePort()];
  const apiUrl = `http://127.0.0.1:${port}`;
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    SIMULATOR_PORT: String(simulatorPort),
    TEMPORAL_ADDRESS: temporalAddress,
    API_URL: apiUrl,
    PARTNERS_URL: simulatorUrl,
    JWKS_URL: `${simulatorUrl}/identity/jwks.json`,
    TOKEN_ISSUER: `${simulatorUrl}/identity`,
    RULES: 'demo',
    // One token stands for everybody here, and so does one address.
    RATE_LIMIT: '1000000',
    RATE_LIMIT_ADDRESS: '1000000',
    ...more,
  };
  const begun: ChildProcess[] = [];
  const part = (
    command: string,
    args: string[],
    ready: (child: ChildProcess) => Promise<unknown>,
    mine: Record<string, string> = {},
  ): Part => {
    let child: ChildProcess | undefined;
    let said = '';
    const startOnce = async () => {
      child = spawn(command, args, {
        cwd: root,
        env: { ...env, ...mine },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      begun.push(child);
      child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        process.stderr.write(chunk);
      });
      const ended = once(child, 'exit').then(([code]) =>
        Promise.reject(new Error(`ended with ${String(code)}`)),
      );
      ended.catch(() => undefined); // a later end is what the test wants
      await Promise.race([ready(child), ended]);
      child.stdout?.resume();
    };
    return {
      said: () => said,
      // One that ends while it starts (what it needs was just killed) is started again, as whoever runs it does.
      async start() {
        await until(`${command} ${args.at(-1)}`, () => startOnce().then(() => true), startsWithinMs, 1000);
      },
      async kill() {
        if (!child || child.exitCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      },
    };
  };
  const main = (
    path: string,
    ready: (child: ChildProcess) => Promise<unknown>,
    mine: Record<string, string> = {},
    ...loaded: string[]
  ) => part(process.execPath, [...loaded, '--import', 'tsx', join(root, path)], ready, mine);
  const run = async (path: string) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, path)], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`${path} ended with ${String(code)}`);
  };
  const server = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(temporalPort),
    '--headless',
    '--log-level',
    'never',
  ];
  const named = Object.entries(attributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  const database = [
    '--db-filename',
    join(dataDir, 'temporal.db'),
    ...Object.entries(pragmas).flatMap(([name, value]) => ['--sqlite-pragma', `${name}=${value}`]),
  ];
  const parts = {
    temporal: part(process.env.TEMPORAL_CLI_PATH ?? 'temporal', [...server, ...named, ...database], () =>
      until('Temporal answers', () => run('scripts/prepare.ts').then(() => true)),
    ),
    simulator: main('simulator/main.ts', () =>
      until('the simulator answers', answers(`${simulatorUrl}/health`)),
    ),
    worker: main(
      'worker/main.ts',
      (child) => line(child, '"msg":"worker ready"'),
      own.worker,
      '--import',
      join(root, 'worker/without-promise-stacks.mjs'),
    ),
    api: main('api/main.ts', () => until('the API answers', answers(`${apiUrl}/v1/health`)), own.api),
  };
  return {
    ...parts,
    apiUrl,
    temporalAddress,
    simulatorUrl,
    async as(who) {
      const key = await loadSigningKey(dataDir);
      const issuer = `${simulatorUrl}/identity`;
      const token = await signToken({
        key,
        issuer,
        audience: 'outflow-routes',
        expiresInSeconds: 3600,
        ...who,
      });
      return caller(apiUrl, token);
    },
    async stop() {
      for (const child of begun.filter(
        ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
      )) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
    },
  };
}

function line(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve) => {
    let seen = '';
    const look = (chunk: Buffer) => {
      seen += chunk.toString();
      if (!seen.includes(text)) return;
      child.stdout?.off('data', look);
      resolve();
    };
    child.stdout?.on('data', look);
  });
}
