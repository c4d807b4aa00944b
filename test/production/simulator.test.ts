import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../simulator/settings.ts';
import { requestFor, startReceiver, startSimulator, temporaryFolder, until } from '../simulator/support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function startProcess(env: Record<string, string>) {
  const dataDir = env['DATA_DIR'] ?? (await temporaryFolder());
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, SIMULATOR_PORT: '0', ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  const listening = () =>
    until(() => {
      const url = /"url":"(http[^"]+)"/.exec(output.out)?.[1];
      expect(url).toBeDefined();
      return url ?? '';
    });
  return { child, output, dataDir, listening, ended: once(child, 'exit') };
}

test('it stops cleanly when it is told to', async () => {
  const { child, listening, ended } = await startProcess({});
  await listening();
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('a request survives the power cut, and the simulator stops with its parent when asked to', async () => {
  const receiver = await startReceiver();
  const first = await startProcess({ SIMULATOR_DELAY_MS: '60000' });
  const request = requestFor(receiver.replyTo, 'income.benefit');
  const response = await fetch(`${await first.listening()}/benefits-office/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': request.requestId },
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(202);
  first.child.kill('SIGKILL');
  await first.ended;

  const second = await startProcess({
    DATA_DIR: first.dataDir,
    SIMULATOR_DELAY_MS: '0',
    STOP_WITH_PARENT: '1',
  });
  await until(() => expect(receiver.received.map(({ event }) => event.subject)).toEqual([request.routeId]));
  expect(second.output.out).not.toContain(String(request.data['birthYear']));
  second.child.stdin.end();
  expect(await second.ended).toEqual([0, null]);
});

test('a port that is taken is one clear line', async () => {
  const { port } = new URL((await startSimulator()).url);
  const { output, ended } = await startProcess({ SIMULATOR_PORT: port });
  expect(await ended).toEqual([2, null]);
  expect(output.err).toMatch(new RegExp(`^simulator: SIMULATOR_PORT 127\\.0\\.0\\.1:${port} is taken.*\\n$`));
});

test.each([
  ['SIMULATOR_PORT', '80a', 'must be a whole number'],
  ['SIMULATOR_PORT', '70000', 'must be a whole number'],
  ['TOKEN_ISSUER', 'me', 'must be a URL'],
  ['LOG_LEVEL', 'loud', 'must be fatal'],
  ['SIMULATOR_BEHAVIOURS', '[', 'must be JSON'],
  ['SIMULATOR_BEHAVIOURS', '[{"mode":"asleep"}]', 'SIMULATOR_BEHAVIOURS.0.mode'],
])('a wrong %s (%s) is named', (name, value, message) => {
  expect(() => readSettings({ [name]: value })).toThrow(message);
  expect(() => readSettings({ [name]: value })).toThrow(name);
});

test('what is left out or empty has a sensible value', () => {
  const settings = readSettings({ SIMULATOR_PORT: '' });
  expect(settings).toMatchObject({ host: '127.0.0.1', port: 8090, delayMs: 400, jitterMs: 0 });
  expect(settings).toMatchObject({ issuer: 'http://127.0.0.1:8090/identity', audience: 'outflow-routes' });
});
