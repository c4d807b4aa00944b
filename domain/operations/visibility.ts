/** How the store (Visibility) is asked: the parts of queries that API, operations and watchdog share. */

/**
 * What is open, said by what it is not: asked for `Running` the SQL stores read every open route, of which there are more
 * than there are in any stage or municipality.
 */
export const isOpen = `ExecutionStatus NOT IN (${[
  'ContinuedAsNew',
  'Completed',
  'Terminated',
  'Failed',
  'Canceled',
  'TimedOut',
]
  .map((status) => `'${status}'`)
  .join(', ')})`;

/** Routes, and nothing else that runs beside them. */
export const isRoute = "WorkflowType = 'outflowRoute'";

/** The workflow that stands for a route which can't say itself that it is stuck (workflows/technical-trouble.ts). */
export const TROUBLE = 'technicalTrouble';

/** The troubles that are open; the id of each is `trouble/{routeId}`. */
export const openTroubles = `WorkflowType = '${TROUBLE}' AND ${isOpen}`;

/** Open routes among what a query finds. @param query - list filter of Temporal; empty: all */
export const openRoutesWhere = (query = ''): string =>
  [isRoute, isOpen, ...(query.trim() ? [`(${query})`] : [])].join(' AND ');

/** Open routes that wait on a party. */
export const waitingOn = (party: string): string => `WaitingOn = '${party}'`;
