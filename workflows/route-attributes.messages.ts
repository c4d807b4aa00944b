/**
 * The search attributes of a route: what lists and saved views go by. Codes and dates, never anything personal.
 * Their names and types stand in domain/search-attributes.json, by which the set-up registers them.
 */
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { deadlockStatus } from '../domain/deadlock-status.ts';
import { knows } from '../domain/edition.ts';
import { promiseStatus } from '../domain/home-promise.ts';
import type { RouteState } from '../domain/route-state.ts';
import { dueAtOf, healthOf, waitingsOf } from '../domain/standing.ts';

const keys = {
  stage: defineSearchAttributeKey('RouteStage', 'KEYWORD'),
  health: defineSearchAttributeKey('RouteHealth', 'KEYWORD'),
  municipality: defineSearchAttributeKey('Municipality', 'KEYWORD'),
  caseManager: defineSearchAttributeKey('CaseManager', 'KEYWORD'),
  targetGroup: defineSearchAttributeKey('TargetGroup', 'KEYWORD'),
  waitingOn: defineSearchAttributeKey('WaitingOn', 'KEYWORD_LIST'),
  blocker: defineSearchAttributeKey('Blocker', 'KEYWORD_LIST'),
  dueAt: defineSearchAttributeKey('DueAt', 'DATETIME'),
  stageSince: defineSearchAttributeKey('StageSince', 'DATETIME'),
  changedAt: defineSearchAttributeKey('RouteChangedAt', 'DATETIME'),
  homePromise: defineSearchAttributeKey('HomePromise', 'KEYWORD'),
  deadlock: defineSearchAttributeKey('Deadlock', 'KEYWORD'),
  missedSignals: defineSearchAttributeKey('MissedSignals', 'KEYWORD_LIST'),
};

/** The values of a route as it stands, for its start and for each change. */
export function attributesOf(state: RouteState): SearchAttributePair[] {
  const waitings = waitingsOf(state);
  const dueAt = dueAtOf(waitings);
  const homePromise = promiseStatus(state);
  return [
    { key: keys.stage, value: state.stage },
    { key: keys.health, value: healthOf(state, waitings) },
    { key: keys.municipality, value: state.municipality },
    { key: keys.caseManager, value: state.caseManager },
    { key: keys.targetGroup, value: state.targetGroup },
    { key: keys.waitingOn, value: distinct(waitings.map(({ waitingOn }) => waitingOn)) },
    { key: keys.blocker, value: distinct(waitings.map(({ blocker }) => blocker)) },
    { key: keys.dueAt, value: dueAt ? new Date(dueAt) : null },
    { key: keys.stageSince, value: new Date(state.stageSince) },
    { key: keys.changedAt, value: new Date(state.changedAt) },
    // Of a route that was promised nothing it is not even unset: that too would stand in its history.
    ...(homePromise ? [{ key: keys.homePromise, value: homePromise }] : []),
    ...(knows(state, 11) ? forReports(state) : []),
  ] as SearchAttributePair[];
}

/** What is counted besides: what was missed before, and whether parties waited for each other. */
function forReports(state: RouteState): object[] {
  const { missedSignals } = state;
  const deadlock = deadlockStatus(state);
  return [
    ...(deadlock ? [{ key: keys.deadlock, value: deadlock }] : []),
    // Codes with spaces between them are hard to ask for.
    ...(missedSignals
      ? [{ key: keys.missedSignals, value: distinct(missedSignals.map((each) => each.replaceAll(' ', '/'))) }]
      : []),
  ];
}

function distinct(values: readonly string[]): string[] | null {
  return values.length > 0 ? [...new Set(values)].sort() : null;
}
