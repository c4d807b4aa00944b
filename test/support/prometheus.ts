/** A Prometheus of its own, with our configuration, over processes that run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitoring } from './monitoring-files.ts';
import { freePort } from './ports.ts';
import { until } from './until.ts';

export interface RunningPrometheus {
  /** What an expression gives now. @throws Error with what is wrong with it */
  query(expr: string): Promise<readonly { metric: Record<string, string>; value: [number, string] }[]>;
  /** How each rule did when it was looked at last. */
  rules(): Promise<readonly { name: string; health: string; lastError?: string }[]>;
  stop(): Promise<void>;
}

/** @param targets - host:port by the one in monitoring/prometheus.yml */
export async function startPrometheus(targets: Readonly<Record<string, string>>): Promise<RunningPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  let config = readFileSync(join(monitoring, 'prometheus.yml'), 'utf8').replaceAll('15s', '1s');
  for (const [named, real] of Object.entries(targets)) config = config.replace(`'${named}'`, `'${real}'`);
  writeFileSync(join(folder, 'prometheus.yml'), config);
  cpSync(join(monitoring, 'rules'), join(folder, 'rules'), { recursive: true });
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const gone = once(child, 'exit');
  const ask = async (path: string): Promise<never> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const { status, data, error } = (await response.json()) as {
      status: string;
      data: never;
      error?: string;
    };
    if (status !== 'success') throw new Error(error);
    return data;
  };
  await until('Prometheus is ready', async () => (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok);
  return {
    async query(expr) {
      return ((await ask(`/api/v1/query?query=${encodeURIComponent(expr)}`)) as { result: never }).result;
    },
    async rules() {
      const { groups } = (await ask('/api/v1/rules')) as { groups: { rules: never[] }[] };
      return groups.flatMap(({ rules }) => rules);
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
