/** `npm run keys`: the steps by which payload keys are rotated. What needs a server is in test/outages/key-rotation.test.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensurePayloadKeys, fingerprintKeyOf, readPayloadKeys } from '../../platform/payload-keys.ts';
import { runKeys } from '../../scripts/keys/run.ts';

const root = join(import.meta.dirname, '../..');
let DATA_DIR: string;
beforeEach(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), 'outflow-'));
  await ensurePayloadKeys({ DATA_DIR });
});
afterEach(() => rm(DATA_DIR, { recursive: true }));

const step = (name: string, id?: string, env: Record<string, string> = {}) =>
  runKeys({ step: name, id, of: 'payloads', lose: false, env: { DATA_DIR, ...env }, usage: 'Usage' });

describe('npm run keys', () => {
  it('adds a key that is used later, and says what comes between; the file stays private', async () => {
    const before = await readPayloadKeys({ DATA_DIR });
    expect(await step('add', 'next')).toBe(
      `Added "next"; "${before.current}" still encrypts. Give the file to every process and start each again before the next step.`,
    );
    expect(await step('list')).toBe(`${before.current}  current\nnext`);
    expect((await readPayloadKeys({ DATA_DIR })).current).toBe(before.current);
    await step('use', 'next');
    expect(await step('list')).toBe(`${before.current}\nnext  current`);
    const file = join(DATA_DIR, 'keys', 'payload-keys.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(fingerprintKeyOf(await readPayloadKeys({ DATA_DIR }))).toEqual(fingerprintKeyOf(before));
  });

  it('names a key by the day, also the second of that day', async () => {
    await step('add');
    await step('add');
    const ids = (await step('list')).split('\n').slice(1);
    expect(ids).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), `${ids[0]}.2`]);
  });

  it('leaves keys in a variable to whoever set it', async () => {
    const PAYLOAD_KEYS = await readFile(join(DATA_DIR, 'keys', 'payload-keys.json'), 'utf8');
    await expect(step('add', 'next', { PAYLOAD_KEYS })).rejects.toThrow(
      'The keys are in PAYLOAD_KEYS: put them in a file, and name it in PAYLOAD_KEYS_FILE',
    );
  });

  it(
    'prints ids and never a key; what it was not asked in full is one line and exit code 2',
    { timeout: 120_000 },
    async () => {
      const run = async (...args: string[]) => {
        const env = { ...process.env, DATA_DIR, TEMPORAL_PORT: '9' }; // where nobody listens
        const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/keys.ts', ...args], {
          cwd: root,
          env,
        });
        let said = '';
        child.stdout.on('data', (chunk) => (said += chunk));
        child.stderr.on('data', (chunk) => (said += chunk));
        const [code] = await once(child, 'close');
        return { code, said };
      };
      await step('add', 'next');
      const [listed, wrong, unknown, noServer, noStore] = await Promise.all([
        run('list'),
        run('use'),
        run('use', 'no-such-key'),
        run('drop', 'next'),
        run('rewrap', '--of', 'key-store'),
      ]);
      expect(listed.code).toBe(0);
      for (const key of (await readPayloadKeys({ DATA_DIR })).keys.values())
        expect(listed.said).not.toContain(key.toString('base64'));
      expect(wrong).toEqual({
        code: 2,
        said: expect.stringMatching(/^use needs the id of a key\. Usage: [^\n]*\n$/),
      });
      expect(noServer).toEqual({
        code: 2,
        said: 'Temporal does not answer at 127.0.0.1:9: start it, or set TEMPORAL_ADDRESS\n',
      });
      expect(noStore).toEqual({
        code: 2,
        said: expect.stringMatching(/^--of key-store is for KEY_STORE=postgres: [^\n]*\n$/),
      });
      expect(unknown).toEqual({
        code: 2,
        said: expect.stringMatching(/^There is no key "no-such-key": [^\n]*\n$/),
      });
    },
  );
});
