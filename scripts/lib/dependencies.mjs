import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetUpError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { elapsed } from './log.mjs';
import { run } from './run.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} LockFile */

/** @param {string} path @returns {Promise<LockFile>} */
const readLockFile = async (path) => JSON.parse(await readFile(path, 'utf8'));

/** What `node_modules` has to be made from: another lock file, Node or platform means installing again. */
async function fingerprint(/** @type {string} */ root) {
  const hash = createHash('sha256').update(await readFile(join(root, 'package-lock.json')));
  return `${hash.digest('hex')} node${process.versions.node.split('.')[0]} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether someone's own npm command already put there what the lock file names: npm keeps a list inside node_modules.
 * @param {string} root
 */
async function installedByHand(root) {
  const wanted = await readLockFile(join(root, 'package-lock.json'));
  const present = await readLockFile(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted.packages).every(
    ([path, { version, optional }]) => path === '' || optional || present.packages[path]?.version === version,
  );
}

/**
 * Installs the npm packages when they are missing or not those of the lock file.
 * @param {{ root: string, log: import('./log.mjs').Log, env: NodeJS.ProcessEnv }} options
 */
export async function ensureDependencies({ root, log, env }) {
  const stampFile = join(root, 'node_modules', '.set-up-stamp');
  const wanted = await fingerprint(root);
  const stamp = () => readFile(stampFile, 'utf8').catch(() => '');
  const install = async () => {
    const found = await stamp();
    if (found === wanted) return;
    const sameMachine =
      found === '' || found.split(' ').slice(1).join() === wanted.split(' ').slice(1).join();
    if (sameMachine && (await installedByHand(root).catch(() => false))) return writeFile(stampFile, wanted);
    const began = performance.now();
    // NODE_ENV=production in someone's shell would leave out what the tests need.
    const args = ['ci', '--include=dev', '--no-progress', '--loglevel=error'];
    const outcome = await log.during('Dependencies: npm ci', run('npm', args, { cwd: root, env }));
    if (!outcome.ok) {
      const [said = ''] = outcome.output.split(/^.*Clean install a project/m); // after it npm explains its options
      throw new SetUpError(`Dependencies: npm ci failed:\n${said.trim() || outcome.reason}`);
    }
    await writeFile(stampFile, wanted);
    log.line(`Dependencies: installed (${elapsed(began)})`);
  };
  if ((await stamp()) === wanted) return;
  const name = `outflow-routes-npm-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`;
  await withLock(join(tmpdir(), name), install, () =>
    log.line('Dependencies: another set-up is installing; waiting'),
  );
}
