import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const start = resolve(import.meta.dirname, '../../scripts/start.mjs');

it.each([
  [{ RULES: 'nonsense' }, 'RULES=nonsense: choose one of demo, nl.\n'],
  [{ RULES: 'GM0153' }, 'RULES=GM0153: choose one of demo, nl.\n'],
  [{ PORT: 'http' }, 'PORT=http is not a port number (1 to 65535).\n'],
  [
    { DEMO: 'yes' },
    'DEMO=yes: choose one of on, off, ab, assen, deadlock, eva, housing-first, joris, longer-at-home, moving-municipality, naima, noor, not-granted, relapse, twente, venlo.\n',
  ],
])('npm start refuses %o in one line before anything is started', async (env, line) => {
  const dir = await mkdtemp(join(tmpdir(), 'start-settings-'));
  const dataDir = join(dir, 'data');
  const { status, stdout, stderr } = spawnSync(process.execPath, [start], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...env },
    encoding: 'utf8',
  });
  expect([status, stdout, stderr, existsSync(dataDir)]).toEqual([2, '', line, false]);
  await rm(dir, { recursive: true });
});
