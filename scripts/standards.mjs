// npm run test:standards: holds the OpenAPI document against the Dutch API Design Rules, and what passes to and from
// partners against the published standards (test/standards).
// STANDARDS_DIR is the folder with the documents; left out: ../shared/standards, beside the project.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMain, SettingError } from './lib/errors.mjs';
import { createLog } from './lib/log.mjs';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  const folder = resolve(root, process.env.STANDARDS_DIR || join('..', 'shared', 'standards'));
  // Without them nothing would be tested: that must not look like a success.
  if (!existsSync(folder))
    throw new SettingError(
      `STANDARDS_DIR=${folder} does not exist: test/standards/README.md says what goes there.`,
    );
  await setUp({ log: createLog(), needs: ['dependencies'] });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--config', 'vitest.standards.config.ts', ...process.argv.slice(2)];
  const env = { ...process.env, STANDARDS_DIR: folder };
  const [code] = await once(spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}

await runMain(main);
