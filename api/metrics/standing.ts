/**
 * How the routes stand, as metrics: from one look a minute at the store, never one per scrape. Each process of the API looks
 * by itself and finds the same, so a query takes `max` of them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Blocker, Health, Party, Stage } from '../../contracts/vocabulary.ts';
import { cell, everywhere } from '../../domain/figures/tally.ts';
import { utilisation } from '../../domain/housing-agreement/views.ts';
import type { Logger } from '../../platform/log.ts';
import type { Registry } from '../../platform/metrics.ts';
import type { Gateway } from '../gateway.ts';
import { deadlockStatuses } from '../gateway/operations-view.ts';
import { ApiProblem } from '../problems.ts';
import { standingGauges, type StandingGauges } from './standing-gauges.ts';

/** Workflows of operations, by their types. */
const operationsWorkflows = ['technicalTrouble', 'partnerOutage', 'bulkRepair'] as const;
/** Schedules, and the workflow that each starts. */
const schedules = { 'stuck-digest': 'stuckDigest', 'region-figures': 'regionFigures' } as const;

type Looked = Pick<Gateway, 'figures' | 'operations' | 'agreements' | 'health' | 'changes'>;

/** Looks now, and then every so often. */
export function measureStanding(
  gateway: Looked,
  { registry, everyMs, log }: { registry: Registry; everyMs: number; log: Logger },
): { stop(): Promise<void> } {
  const gauges = standingGauges(registry, gateway);
  const ending = new AbortController();
  const { signal } = ending;
  const looking = (async () => {
    while (!signal.aborted) {
      const begun = Date.now();
      try {
        await lookOnce(gateway, gauges);
        gauges.looked(begun);
      } catch (error) {
        gauges.lookFailed();
        log.warn({ event: 'look-failed', problem: kindOf(error) }, 'the figures are not of now');
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined); // it ends
    }
  })();
  return {
    async stop() {
      ending.abort();
      await looking;
    },
  };
}

const kindOf = (error: unknown): string =>
  error instanceof ApiProblem ? error.kind : error instanceof Error ? error.name : 'unknown';

async function lookOnce({ figures, operations, agreements }: Looked, gauges: StandingGauges): Promise<void> {
  const { counts, longest } = await figures();
  const here = counts.get(everywhere);
  const count = (name: string) => here?.get(name) ?? 0;
  // Each value that there can be is told, also where it is 0: what was never there can't be seen to go away.
  for (const stage of Stage.options) gauges.stage.set({ stage }, count(cell.stage(stage)));
  for (const health of Health.options) {
    gauges.health.set({ health }, count(cell.health(health)));
    gauges.unchangedByHealth.set({ health }, longest.unchangedByHealth.get(health) ?? 0);
  }
  for (const blocker of Blocker.options) gauges.blocker.set({ blocker }, count(cell.blocker(blocker)));
  for (const party of Party.options) {
    gauges.waiting.set({ party }, count(cell.waiting(party)));
    gauges.overdue.set({ party }, count(cell.overdue(party)));
    gauges.unchangedByParty.set({ party }, longest.unchangedByParty.get(party) ?? 0);
    gauges.longestOverdue.set({ party }, longest.overdueByParty.get(party) ?? 0);
  }
  for (const workflow of operationsWorkflows)
    gauges.operations.set({ workflow }, await operations.running(workflow));
  for (const status of deadlockStatuses) gauges.deadlocks.set({ status }, await operations.deadlocks(status));
  for (const [schedule, workflow] of Object.entries(schedules)) {
    const at = await operations.lastCompleted(workflow);
    if (at !== undefined) gauges.lastCompleted.set({ schedule }, at);
  }
  await lookAtLedgers(agreements, gauges);
}

async function lookAtLedgers(agreements: Looked['agreements'], gauges: StandingGauges): Promise<void> {
  const all = await agreements.list();
  const found = await Promise.all(
    // A ledger that can't be asked now, for no worker is there, is left out; the rest is told.
    all.map((of) => agreements.stateOf(of.region, of.year).catch(() => undefined)),
  );
  gauges.places.reset();
  gauges.queued.reset();
  for (const state of found) {
    if (!state) continue;
    const of = { region: state.region, year: String(state.year) };
    const { agreed, carriedOver, reserved, realised, free, queued } = utilisation(state);
    for (const [standing, places] of Object.entries({ agreed, carriedOver, reserved, realised, free }))
      gauges.places.set({ ...of, standing }, places);
    gauges.queued.set(of, queued);
  }
}
