/**
 * The crash matrix: kill -9 of worker, Temporal server, API and played partners, each at every step of a route,
 * while the step is open and just after. Every route has to come to the same end as if nothing had happened.
 *
 *   --quick        a small part of the matrix, in two minutes
 *   --seed N       which of several equally good kills comes first
 *   --minutes N    how long parts are killed at the most
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { caller } from '../support/api-caller.ts';
import type { Parts } from '../support/processes.ts';
import { withParts } from '../support/with-parts.ts';
import { campaign } from './campaign.ts';
import { createCaseload, type Case, type Caseload } from './caseload.ts';
import { allCells, cellOf, hitsAt, recoveryOf, type Finding, type Kill } from './matrix.ts';
import { isGood, recoveryTable, tableOf, type Results } from './table.ts';
import { faultsOf, type Books } from './verdict.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '18' },
  },
});
const began = Date.now();
const say = (line: string) => {
  const spent = Math.floor((Date.now() - began) / 1000);
  process.stdout.write(
    `${String(Math.floor(spent / 60)).padStart(2)}:${String(spent % 60).padStart(2, '0')}  ${line}\n`,
  );
};
const drainedWithinMs = 240_000;

async function main(dataDir: string, parts: Parts): Promise<boolean> {
  await Promise.all([parts.temporal.start(), parts.simulator.start()]);
  await Promise.all([parts.worker.start(), parts.api.start()]);
  const token = await signToken({
    key: await loadSigningKey(dataDir),
    issuer: `${parts.simulatorUrl}/identity`,
    audience: 'outflow-routes',
    role: 'case-manager',
    subject: 'cm-17',
    municipality: 'GM0153',
    expiresInSeconds: 2 * 3600,
  });
  const caseload = createCaseload(caller(parts.apiUrl, token), `faults-${values.seed}`, say);
  say(`everything is up; seed ${values.seed}`);
  const kills = await campaign({
    parts,
    caseload,
    seed: Number(values.seed),
    withinMs: (values.quick ? 0.6 : Number(values.minutes)) * 60_000,
    maxKills: values.quick ? 4 : 200,
    startEveryMs: values.quick ? 2000 : 4000,
    maxUnderWay: values.quick ? 8 : 12,
    say,
  });
  say(
    `${kills.length} kills, ${caseload.all.length} routes; ${caseload.underWay().length} go on to their end`,
  );
  await drained(caseload);
  caseload.stop();
  return report({ ...(await results(caseload.all, kills, parts)), kills });
}

/** Waits until every route is closed; says now and then what the last ones wait for. */
async function drained(caseload: Caseload): Promise<void> {
  for (const end = Date.now() + drainedWithinMs; Date.now() < end && caseload.underWay().length > 0;) {
    await sleep(10_000);
    const left = caseload.underWay();
    const waits = left.flatMap(({ view }) =>
      view.waits.map(({ stepId = 'route', nextMove }) => `${stepId} ${nextMove}`),
    );
    const longestMs = Math.max(...left.map(({ seenAt }) => Date.now() - seenAt));
    if (left.length > 0)
      say(
        `${left.length} under way: ${[...new Set(waits)].slice(0, 4).join(', ')}; last seen ${longestMs} ms ago at the longest`,
      );
  }
}

async function results(routes: readonly Case[], kills: readonly Kill[], { simulatorUrl }: Parts) {
  const findings = new Map<string, Finding[]>();
  const faults = new Map<string, readonly string[]>();
  let repeats = 0;
  for (const { routeId, view } of routes) {
    const books = (await (await fetch(`${simulatorUrl}/control/ledger?routeId=${routeId}`)).json()) as Books;
    faults.set(routeId, faultsOf(view, books));
    repeats += books.totals.repeats;
    for (const { part, at } of kills)
      for (const hit of hitsAt(view, at)) {
        const cell = cellOf(part, hit);
        findings.set(cell, [...(findings.get(cell) ?? []), { routeId, recoveryMs: recoveryOf(view, at) }]);
      }
  }
  say(`${repeats} requests came twice under their key, and changed nothing the second time`);
  return { findings, faults };
}

/** Prints everything. Of a quick run only what was met counts; of a full one each cell does. */
function report(outcome: Results): boolean {
  const bad = [...outcome.faults].filter(([, faults]) => faults.length > 0);
  for (const [routeId, faults] of bad) say(`route ${routeId}: ${faults.slice(0, 5).join('; ')}`);
  process.stdout.write(
    `\nper cell: routes that a kill met there, their end, the longest time until one went on\n\n`,
  );
  process.stdout.write(`${tableOf(outcome)}\n\n${recoveryTable(outcome)}\n\n`);
  const counted = values.quick ? allCells.filter((cell) => outcome.findings.has(cell)) : allCells;
  const passed = counted.filter((cell) => isGood(cell, outcome)).length;
  // A route that no cell shows must end well too.
  const failed = counted.length - passed || (bad.length > 0 || passed === 0 ? 1 : 0);
  process.stdout.write(
    `${outcome.faults.size - bad.length} of ${outcome.faults.size} routes came to the same end\n`,
  );
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0;
}

const environment = {
  SIMULATOR_DELAY_MS: '1200', // long enough to be met while it is open, far from any term
  SIMULATOR_JITTER_MS: '800',
  LOG_LEVEL: 'silent',
};
await withParts(environment, ({ dataDir, parts }) => main(dataDir, parts));
