import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, '../../scripts/set-up.mjs');
const TEMPORAL = '#!/bin/sh\necho temporal version 1.2.3\n';
const TEST_SERVER = '#!/bin/sh\necho "Usage: <command> <port>"\n';
// Notes each build, and takes its time: what it makes appears half-written first.
const GO = `#!/bin/sh
if [ "$1" = version ]; then echo go version go1.26; exit; fi
echo built >> "$BUILDS"
echo half > "$GOBIN/temporal"; chmod +x "$GOBIN/temporal"; sleep 0.7
printf '${TEMPORAL.replaceAll('\n', '\\n')}' > "$GOBIN/temporal"
`;
const server = (version: string) => `#!/bin/sh\necho temporal version ${version}\n`;
// Its fifth argument is where a build goes.
const GO_SERVER = `#!/bin/sh
case "$1" in
  version) echo go version go1.26 ;;
  get) test -f go.mod ;;
  build) printf '${server('1.31.0').replaceAll('\n', '\\n')}' > "$5"; chmod +x "$5" ;;
esac
`;

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'set-up-test-'));
  await mkdir(join(dir, 'bin'));
  for (const name of ['chmod', 'dirname', 'sleep']) {
    await symlink(existsSync(`/bin/${name}`) ? `/bin/${name}` : `/usr/bin/${name}`, join(dir, 'bin', name));
  }
});
afterEach(() => rm(dir, { recursive: true }));

/** Puts a program into a folder of the test and returns its path. */
async function program(path: string, text: string): Promise<string> {
  const full = join(dir, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  await chmod(full, 0o755);
  return full;
}

/** Runs set-up where only the test's own programs can be found. */
function setUp(only: string, env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [SCRIPT, '--only', only], {
      env: {
        PATH: join(dir, 'bin'),
        HOME: dir,
        OUTFLOW_CACHE_DIR: join(dir, 'cache'),
        OUTFLOW_SDK_DOWNLOAD: 'off',
        BUILDS: join(dir, 'builds'),
        ...env,
      },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => done({ code, output }));
  });
}

/** Makes every outside tool fail, whatever the machine has. */
async function withoutTools(): Promise<void> {
  for (const name of ['go', 'python3', 'java', 'mvn']) {
    await program(`bin/${name}`, `#!/bin/sh\necho no ${name} here\nexit 1\n`);
  }
}

const builds = async () => (await readFile(join(dir, 'builds'), 'utf8')).trim().split('\n').length;

describe('where a tool comes from', () => {
  test('a path in the environment goes before PATH', async () => {
    const given = await program('given/temporal', TEMPORAL);
    await program('bin/temporal', TEMPORAL);
    const { code, output } = await setUp('temporal', { TEMPORAL_CLI_PATH: given });
    expect(output).toContain(`Temporal CLI ready: ${given}\n`);
    expect(code).toBe(0);
  });

  test('a wrong path in the environment is one clear line and exit code 2', async () => {
    const { code, output } = await setUp('temporal', { TEMPORAL_CLI_PATH: '/no/such/temporal' });
    expect(output.trim().split('\n').at(-1)).toBe(
      'TEMPORAL_CLI_PATH=/no/such/temporal is not a working Temporal CLI.',
    );
    expect(code).toBe(2);
  });

  test('PATH goes before a build, and a program that does not work is passed over', async () => {
    await program('bin/go', GO);
    const broken = await program('bin/temporal', '#!/bin/sh\necho broken\nexit 1\n');
    const passedOver = await setUp('temporal');
    expect(passedOver.output).toContain(`Temporal CLI · PATH: ${broken} does not work: broken\n`);
    expect(passedOver.output).toContain('Temporal CLI · go install v1.5.1: ready');

    const working = await program('bin/temporal', TEMPORAL);
    expect((await setUp('temporal')).output).toContain(`Temporal CLI ready: ${working}\n`);
    expect(await builds()).toBe(1);
  });

  test('what was built once is found in the cache', async () => {
    await program('bin/go', GO);
    const first = await setUp('temporal');
    const second = await setUp('temporal');
    expect(second.output).toContain('Temporal CLI · cache: ');
    expect(second.output.split('\n').at(-2)).toBe(first.output.split('\n').at(-2));
    expect(await builds()).toBe(1);
  });

  test('a cached tool that no longer works is made again', async () => {
    await program('bin/go', GO);
    const { output } = await setUp('temporal');
    const path = /ready: (\/.*)/.exec(output)?.[1] ?? '';
    await writeFile(path, '#!/bin/sh\nexit 1\n');
    expect((await setUp('temporal')).output).toContain(`Temporal CLI ready: ${path}\n`);
    expect(await builds()).toBe(2);
  });

  test('a server that is too old to move pinned routes is passed over', async () => {
    await program('bin/go', GO_SERVER);
    const old = await program('bin/temporal-server', server('1.29.1'));
    const { code, output } = await setUp('temporal-server');
    expect(output).toContain(`Temporal server · PATH: ${old} (1.29.1) is older than 1.30.6\n`);
    expect(output).toContain('Temporal server · go build v1.31.0: ready');
    expect(code).toBe(0);
  });

  test('a PostgreSQL that is too old is passed over', async () => {
    const old = await program('bin/postgres', '#!/bin/sh\necho "postgres (PostgreSQL) 9.6.24"\n');
    const { output } = await setUp('postgres');
    expect(output).toContain(`PostgreSQL · PATH: ${old} (9) is older than 14\n`);
  });

  test('the test server comes from Maven when Python cannot help', async () => {
    await withoutTools();
    await program('bin/java', TEST_SERVER);
    await program('bin/mvn', '#!/bin/sh\nexit 0\n');
    const { code, output } = await setUp('test-server');
    expect(output).toContain('pip 1.40.0: no python3 here');
    expect(output).toContain('Maven 1.38.0: ready');
    expect(code).toBe(0);
  });
});

describe('two set-ups at once', () => {
  test('one builds, the other waits for it, and nobody sees a half-written program', async () => {
    await program('bin/go', GO);
    const [one, other] = await Promise.all([setUp('temporal'), setUp('temporal')]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(one.output.split('\n').at(-2)).toBe(other.output.split('\n').at(-2));
    expect(one.output + other.output).not.toContain('does not work');
    expect(await builds()).toBe(1);
    expect(await readdir(join(dir, 'cache/unfinished'))).toEqual([]);
  });

  test('a lock left by a process that is gone holds nobody up', async () => {
    await program('bin/go', GO);
    await mkdir(join(dir, 'cache'));
    await writeFile(join(dir, 'cache/temporal.lock'), '999999999');
    expect((await setUp('temporal')).code).toBe(0);
  });
});

describe('when nothing works', () => {
  test.each([
    ['temporal', 'go install v1.5.1: no go here', 'TEMPORAL_CLI_PATH'],
    ['test-server', 'Maven 1.38.0: no java here', 'TEMPORAL_TEST_SERVER_PATH'],
    ['temporal-server', 'go build v1.31.0: no go here', 'TEMPORAL_SERVER_PATH'],
  ])(
    '%s: each try is told, then what to install, with internet and without',
    async (only, tried, variable) => {
      await withoutTools();
      const { code, output } = await setUp(only);
      expect(output).toContain(tried);
      expect(output).toContain('\n\nWith internet: ');
      expect(output).toContain('\n\nWithout internet: ');
      expect(output.slice(output.indexOf('Without internet'))).toContain(variable);
      expect(output).not.toMatch(/^\s+at /m);
      expect(code).toBe(1);
      expect(await readdir(join(dir, 'cache/unfinished'))).toEqual([]);
    },
  );
});
