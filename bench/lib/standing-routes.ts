/** Many open routes in the store, which nobody works on: what lists, views and counts have to get through. */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  TypedSearchAttributes,
  type SearchAttributePair,
} from '@temporalio/common';
import { Party, type Health, type Stage } from '../../contracts/vocabulary.ts';
import { atOnce } from './parked-routes.ts';

const DAY_MS = 86_400_000;
const width = 32;

/** How they stand, in parts of a hundred: most are on track, and those that are not are what is looked for. */
const healths: readonly [Health, number][] = [
  ['OnTrack', 70],
  ['DueSoon', 10],
  ['Overdue', 12],
  ['Deadlocked', 3],
  ['OnHold', 3],
  ['Technical', 2],
];
const stages: readonly [Stage, number][] = [
  ['intake', 20],
  ['housing', 35],
  ['cti', 20],
  ['aftercare', 15],
  ['debt-repayment', 10],
];
const municipalities = Array.from({ length: 25 }, (_, i) => `GM${String(141 + i).padStart(4, '0')}`);
const blockers = ['waiting-for-answer', 'waiting-for-decision', 'no-home', 'debts-without-arrangement'];

/**
 * Starts routes on a task queue without a worker, each with the search attributes of one under way.
 * @param told - hears how many there are, every thousand
 */
export async function standRoutes(client: Client, count: number, told: (so: number) => void): Promise<void> {
  let begun = 0;
  await atOnce(width, count, async (i) => {
    await client.workflow.start('outflowRoute', {
      workflowId: `route/${randomUUID()}`,
      taskQueue: 'nobody',
      args: [],
      typedSearchAttributes: new TypedSearchAttributes(attributes(i)),
    });
    begun += 1;
    if (begun % 1000 === 0) told(begun);
  });
}

function attributes(i: number): SearchAttributePair[] {
  const keyword = (name: string, value: string) => ({
    key: defineSearchAttributeKey(name, 'KEYWORD'),
    value,
  });
  const list = (name: string, value: string[]) => ({
    key: defineSearchAttributeKey(name, 'KEYWORD_LIST'),
    value,
  });
  const day = (name: string, days: number) => ({
    key: defineSearchAttributeKey(name, 'DATETIME'),
    value: new Date(Date.now() + days * DAY_MS),
  });
  return [
    keyword('RouteHealth', ofShares(healths, i)),
    keyword('RouteStage', ofShares(stages, i * 7)),
    keyword('Municipality', municipalities[i % municipalities.length]!),
    keyword('CaseManager', `cm-${i % 600}`),
    keyword('TargetGroup', 'shelter'),
    list('WaitingOn', [
      ...new Set([0, 1].map((n) => Party.options[(i * 3 + n * 4) % Party.options.length]!)),
    ]),
    list('Blocker', [blockers[i % blockers.length]!]),
    day('DueAt', (i % 120) - 20),
    day('StageSince', -((i * 13) % 700)),
    day('RouteChangedAt', -((i * 11) % 60)),
  ] as SearchAttributePair[];
}

/** The value whose share a number falls in. */
function ofShares<T>(shares: readonly [T, number][], i: number): T {
  let rest = i % 100;
  for (const [value, share] of shares) {
    if (rest < share) return value;
    rest -= share;
  }
  throw new Error('The shares do not add up to a hundred');
}
