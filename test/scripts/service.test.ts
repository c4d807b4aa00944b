/** How npm start looks after its parts, each run by a small script as npm start would run it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/until.ts';

const lib = resolve(import.meta.dirname, '../../scripts/lib');
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'service-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** A part that prints its process id and stays. */
const stays = 'console.log(process.pid); setInterval(() => {}, 1000)';
const node = JSON.stringify(process.execPath);

/** Runs a script that keeps a part, and gives what it prints. */
function keeper(part: string) {
  const script = `
    import { createService } from ${JSON.stringify(join(lib, 'service.mjs'))};
    const base = { name: 'Part', logFile: ${JSON.stringify(join(dir, 'part.log'))}, cwd: '.', env: process.env };
    const service = createService({ ...base, ...${part} }, { say: console.log, onFatal: console.log });
    service.start();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const said = { text: '' };
  child.stdout.on('data', (chunk) => (said.text += chunk));
  child.stderr.on('data', (chunk) => (said.text += chunk));
  return { child, said };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('a part that does not become ready is ended, and it is said why', async () => {
  const waits = 'process.stdin.resume()';
  const part = `{ command: ${node}, args: ['-e', '${waits}'], isReady: async () => false, readyWithinMs: 300 }`;
  const { child, said } = keeper(part);
  const line =
    /^Part was ended here: it was not ready within 0\.3 s; starting again in 1 s \(failure 1, see .*part\.log\)$/m;
  await expect(until('it is said', () => line.test(said.text))).resolves.toBe(true);
  child.kill('SIGKILL');
});

/** Runs a program behind with-parent.mjs, and gives its process id and what is printed besides. */
async function withParent() {
  const child = spawn(process.execPath, [join(lib, 'with-parent.mjs'), process.execPath, '-e', stays]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const pid = await until('it runs', () => Number(said.out.trim()) || undefined);
  return { child, pid, said };
}

it('a program goes with the process that wanted it, however that one ended', async () => {
  for (const end of ['stdin', 'SIGTERM', 'SIGHUP'] as const) {
    const { child, pid, said } = await withParent();
    const gone = once(child, 'close');
    if (end === 'stdin') child.stdin.end();
    else child.kill(end);
    await gone;
    expect([end, isAlive(pid), said.err]).toEqual([end, false, '']);
  }
});

it('a program that somebody else ended is said to have been ended by them', async () => {
  const { child, pid, said } = await withParent();
  const gone = once(child, 'close');
  process.kill(pid, 'SIGKILL');
  expect(await gone).toEqual([137, null]);
  expect(said.err).toBe('ended by SIGKILL, from another program or for want of memory\n');
});
