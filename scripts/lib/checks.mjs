import { join } from 'node:path';
import { elapsed } from './log.mjs';
import { run } from './run.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** The checks that run nothing of the project. What has not changed since they saw it last is not looked at again. */
const CHECKS = [
  { name: 'Type check', command: 'tsc', args: ['--noEmit'] },
  { name: 'Lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'Format', command: 'prettier', args: ['--check', '--cache', '.'] },
];

/**
 * Runs the static checks beside each other; each counts as one test.
 * @param {{ root: string, log: import('./log.mjs').Log }} context
 * @returns {Promise<Count>}
 */
export async function runChecks({ root, log }) {
  const results = CHECKS.map(async ({ name, command, args }) => {
    const began = performance.now();
    const program = join(root, 'node_modules', '.bin', command);
    const { ok, output, reason } = await run(program, args, { cwd: root, timeoutMs: 10 * 60_000 });
    log.line(`${ok ? '✓' : '✗'} ${name} (${elapsed(began)})${ok ? '' : `\n${output.trim() || reason}\n`}`);
    return ok;
  });
  const passed = (await log.during('Static checks', Promise.all(results))).filter(Boolean).length;
  return { passed, failed: CHECKS.length - passed };
}

/**
 * Counts what Vitest's report says. A test that was skipped counts as failed, for none may be; so does a file that
 * failed before its first test, and a run that failed for a reason that no test shows.
 * @param {Report | undefined} report undefined when Vitest left none
 * @param {boolean} ok whether Vitest itself says that all went well
 * @returns {Count}
 */
export function countTests(report, ok) {
  if (!report) return { passed: 0, failed: 1 };
  const passed = report.numPassedTests;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status === 'passed'),
  );
  const failed = report.numTotalTests - passed + brokenFiles.length;
  const unexplained = failed === 0 && (!ok || passed === 0);
  return { passed, failed: failed + (unexplained ? 1 : 0) };
}

/**
 * @typedef {object} Report the part of Vitest's JSON report that is read
 * @property {number} numTotalTests
 * @property {number} numPassedTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */
