// node scripts/complete-lock.mjs: adds to package-lock.json the optional packages of other platforms that npm left
// out. A registry that does not serve them all makes npm forget them, and `npm ci` then refuses the lock file, on
// every platform. Run it after a dependency changed; it changes nothing when nothing is missing.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runMain } from './lib/errors.mjs';

/**
 * @typedef {object} Entry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {Record<string, string>} [optionalDependencies]
 */

const SYSTEMS = new Set('aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' '));
const PROCESSORS = new Set('arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x x64'.split(' '));
/** @type {Record<string, string>} */
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/**
 * For which platform a package is, from its name: `@swc/core-linux-arm64-musl`. Undefined when it does not say.
 * @param {string} name
 */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => SYSTEMS.has(word));
  const cpu = words.filter((word) => PROCESSORS.has(word));
  const libc = words.flatMap((word) => (os[0] === 'linux' ? (LIBRARIES[word] ?? []) : []));
  return os.length === 1 && cpu.length === 1 ? { cpu, ...(libc.length > 0 && { libc }), os } : undefined;
}

async function main() {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  /** @type {{ packages: Record<string, Entry> }} */
  const lock = JSON.parse(await readFile(path, 'utf8'));
  let added = 0;
  for (const { dev, optionalDependencies = {} } of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformOf(name);
      const key = `node_modules/${name}`;
      if (key in lock.packages || !platform || !/^\d+\.\d+\.\d+$/.test(version)) continue;
      lock.packages[key] = { version, ...(dev && { dev }), ...platform, optional: true };
      added += 1;
    }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  if (added > 0) await writeFile(path, `${JSON.stringify(lock, undefined, 2)}\n`);
  console.log(`${added} packages of other platforms added to package-lock.json`);
}

await runMain(main);
