/**
 * Routes as the store lists them, and nothing behind it: open workflows with the search attributes of routes, on a queue that
 * no worker serves. Whoever asks one of them anything gets no answer.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { ListedRoute } from '../../platform/open-routes.ts';

const keys = {
  stage: defineSearchAttributeKey('RouteStage', 'KEYWORD'),
  health: defineSearchAttributeKey('RouteHealth', 'KEYWORD'),
  municipality: defineSearchAttributeKey('Municipality', 'KEYWORD'),
  caseManager: defineSearchAttributeKey('CaseManager', 'KEYWORD'),
  waitingOn: defineSearchAttributeKey('WaitingOn', 'KEYWORD_LIST'),
  blockers: defineSearchAttributeKey('Blocker', 'KEYWORD_LIST'),
  stageSince: defineSearchAttributeKey('StageSince', 'DATETIME'),
  changedAt: defineSearchAttributeKey('RouteChangedAt', 'DATETIME'),
  dueAt: defineSearchAttributeKey('DueAt', 'DATETIME'),
  deadlock: defineSearchAttributeKey('Deadlock', 'KEYWORD'),
};

/** A route that waits for its home and is on track. @param at - it changed a day before: ISO 8601 */
export function aRow(at: string, more: Partial<ListedRoute> = {}): ListedRoute {
  const changedAt = new Date(Date.parse(at) - 86_400_000).toISOString();
  return {
    routeId: randomUUID(),
    municipality: 'GM0153',
    caseManager: 'cm-17',
    stage: 'housing',
    health: 'OnTrack',
    waitingOn: ['housing-corporation'],
    blockers: ['waiting-for-answer'],
    stageSince: changedAt,
    changedAt,
    ...more,
  };
}

/** Puts a row in the store; one that is wedged has another one beside it that says so. */
export async function startRow(client: Client, row: ListedRoute): Promise<void> {
  const { routeId, stage, health, municipality, caseManager, waitingOn, blockers } = row;
  const { stageSince, changedAt, dueAt, deadlock, isWedged } = row;
  const moments = { stageSince: new Date(stageSince), changedAt: new Date(changedAt) };
  const start = (type: string, workflowId: string, values: Partial<Record<keyof typeof keys, unknown>>) =>
    client.workflow.start(type, {
      workflowId,
      taskQueue: 'served-by-nobody',
      startDelay: '30 days', // nor is there anything to serve
      typedSearchAttributes: Object.entries(values).flatMap(([name, value]) =>
        value === undefined ? [] : [{ key: keys[name as keyof typeof keys], value } as never],
      ),
    });
  await start('outflowRoute', `route/${routeId}`, {
    stage,
    health,
    municipality,
    caseManager,
    deadlock,
    waitingOn: [...waitingOn],
    blockers: [...blockers],
    ...moments,
    ...(dueAt && { dueAt: new Date(dueAt) }),
  });
  if (isWedged)
    await start('technicalTrouble', `trouble/${routeId}`, { stage, health: 'Technical', municipality });
}
