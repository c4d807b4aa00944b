/** What the server and the partners wrote down about one route, and what of it should not be so. */
import type { Client } from '@temporalio/client';
import type { RouteView } from '../../contracts/views.ts';
import type { History } from '../../scripts/replay/history-file.ts';
import { runsOf } from '../../scripts/replay/recording.ts';
import type { System } from '../support/system.ts';
import { outcomesOf } from './places.ts';

export interface Run {
  /** The versions that had a workflow task of it. */
  readonly buildIds: readonly string[];
  readonly history: History;
}

/** The runs of a route, oldest first. */
export async function versionedRuns(client: Client, routeId: string): Promise<Run[]> {
  const histories = await runsOf(client, routeId);
  return histories.map((history) => {
    const builds = history.events!.flatMap(
      ({ workflowTaskCompletedEventAttributes: done }) => done?.deploymentVersion?.buildId ?? [],
    );
    return { buildIds: [...new Set(builds)], history };
  });
}

/** Where a route is now: the version that had its last workflow task. */
export async function newestBuild(client: Client, routeId: string): Promise<string | undefined> {
  const { raw } = await client.workflow.getHandle(`route/${routeId}`).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
}

/** The versions of the runs, as `3 on v1, 2 on v2`. */
export function pathOf(runs: readonly Run[]): string {
  const builds = runs.map(({ buildIds }) => buildIds.join('+') || 'none');
  return [...new Set(builds)]
    .map((build) => `${builds.filter((each) => each === build).length} on ${build}`)
    .join(', ');
}

export interface Expected {
  /** Versions of the runs, each named once. */
  readonly path: readonly string[];
  readonly outcomes: readonly (string | undefined)[];
}

/** What is wrong with a route that has come to its end; nothing when it did as it should. */
export function faultsOf(
  { simulator }: System,
  route: RouteView,
  runs: readonly Run[],
  { path, outcomes }: Expected,
): string[] {
  const wrong: string[] = [];
  const expect = (what: string, isSo: boolean) => void (isSo || wrong.push(what));
  expect(`ending ${route.ending ?? 'none'}`, route.ending === 'completed' && route.stage === 'closed');
  const builds = runs.map(({ buildIds }) => buildIds.join('+'));
  const moved = builds.filter((build, i) => build !== builds[i - 1]);
  expect(`runs on ${builds.join(' ')}`, moved.join() === path.join());
  const last = runs.at(-1)?.history.events?.at(-1);
  expect('last run not completed', Boolean(last?.workflowExecutionCompletedEventAttributes));
  const found = outcomesOf(route);
  expect(`new steps ${found.join(', ')}`, found.join() === outcomes.join());
  const again = route.tracks.flatMap(({ steps }) => steps).filter(({ attempt }) => attempt > 1);
  for (const { stepId, attempt } of again) expect(`${stepId} attempt ${attempt}`, false);
  const { totals, requests } = simulator.ledger(route.routeId);
  expect(`${totals.actedTwice} partners acted twice`, totals.actedTwice === 0);
  expect(`${totals.undeliverable} events undeliverable`, totals.undeliverable === 0);
  for (const { stepId, effects } of requests)
    expect(`${stepId}: partner acted ${effects} times`, effects === 1);
  return wrong;
}
