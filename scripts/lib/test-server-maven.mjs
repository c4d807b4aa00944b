import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

const VERSION = '1.38.0';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

// Finds its jars beside itself, since the folder is renamed when it is complete.
const PROGRAM = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
exec java -cp "$here/jars/*" io.temporal.testserver.TestServer "$@"
`;

/** @param {string} dir @param {NodeJS.ProcessEnv} env @returns {Promise<import('./tools.mjs').Found>} */
async function make(dir, env) {
  const java = await run('java', ['-version'], { env, timeoutMs: 30_000 });
  if (!java.ok) return { ok: false, text: java.reason };
  const pom = join(dir, 'pom.xml');
  await writeFile(pom, POM);
  const args = [
    '-q',
    '-B',
    '-f',
    pom,
    COPY,
    '-DincludeScope=runtime',
    `-DoutputDirectory=${join(dir, 'jars')}`,
  ];
  const copied = await run('mvn', args, { cwd: dir, env, timeoutMs: 15 * 60_000 });
  if (!copied.ok) return { ok: false, text: copied.output.match(/\[ERROR\] .*/)?.[0] ?? copied.reason };
  await rm(pom);
  await writeFile(join(dir, 'temporal-test-server'), PROGRAM, { mode: 0o755 });
  return { ok: true, text: 'copied' };
}

/** The test server as Java archives, run by the Java that is installed. */
export const viaMaven = { version: VERSION, make };
