/** All that `npm start` brings up, as whoever types it has it, on ports and in a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/ports.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '..', '..');
const upWithinMs = 240_000;
const portVariables = [
  'PORT',
  'SIMULATOR_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'WORKER_METRICS_PORT',
  'API_METRICS_PORT',
] as const;

export interface Started {
  readonly uiUrl: string;
  readonly apiUrl: string;
  /** What it printed so far. */
  said(): string;
  /** The token that it printed for a role. */
  tokenOf(role: string): string;
  stop(): Promise<void>;
}

/**
 * Starts it, and waits until it has printed its tokens.
 * @param demo - the example that is played
 * @throws Error with what it printed, when it ends before that
 */
export async function npmStart(demo: string): Promise<Started> {
  const dataDir = await mkdtemp(join(tmpdir(), 'outflow-start-'));
  const ports: Record<string, string> = {};
  for (const variable of portVariables) ports[variable] = String(await freePort());
  const { WORKFLOW_BUNDLE: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...ports,
    DATA_DIR: dataDir,
    DEMO: demo,
  };
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], { cwd: root, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  let hasEnded = false;
  const ended = once(child, 'exit').then(() => (hasEnded = true));
  const tokenOf = (role: string) => new RegExp(`^  ${role} +(\\S+)$`, 'm').exec(said)?.[1] ?? '';
  const up = await until('it is up', () => hasEnded || tokenOf('operations') !== '', upWithinMs);
  if (!up || hasEnded) throw new Error(`npm start ended: ${said}`);
  return {
    uiUrl: `http://127.0.0.1:${ports.TEMPORAL_UI_PORT}`,
    apiUrl: `http://127.0.0.1:${ports.PORT}`,
    said: () => said,
    tokenOf,
    async stop() {
      child.kill('SIGINT');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
