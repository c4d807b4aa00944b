/** The API as a process: how it starts, and how it stops. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePayloadKeys } from '../../platform/payload-keys.ts';
import { freePort } from '../support/ports.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '../..');
let dataDir: string;
let port: number;
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'api-main-'));
  await ensurePayloadKeys({ DATA_DIR: dataDir });
  port = await freePort();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      LOG_LEVEL: 'info',
      ...env,
    },
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => (said.out += text));
  child.stderr.on('data', (text) => (said.err += text));
  return { child, said, exit: once(child, 'exit').then(([code]) => code as number) };
}

describe('the process', () => {
  it('says in one line which setting is wrong; serves while Temporal is away, refuses to start twice on a port, and stops in order', async () => {
    const wrong = start({ RULES: 'nowhere' });
    const first = start();
    await until('it is ready', () => first.said.out.includes('"msg":"api ready"'));
    expect(first.said.out).toContain(`"url":"http://127.0.0.1:${port}"`);

    const second = start();
    expect(await second.exit).toBe(2);
    expect(second.said.err).toBe(`Port ${port} is taken: set PORT\n`);

    const agent = new Agent({ keepAlive: true });
    const [response] = await once(get(`http://127.0.0.1:${port}/v1/health`, { agent }), 'response');
    response.resume();
    await once(response, 'end');
    const before = Date.now();
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(Date.now() - before).toBeLessThan(3000);
    agent.destroy();
    expect(await wrong.exit).toBe(2);
    expect(wrong.said.err).toBe('Wrong setting: RULES: must be one of demo, nl\n');
  });
});
