/** How Visibility is asked for routes: one row for each that is open. */

/**
 * What is open, said by what it is not: asked for `Running` the SQL stores read every open route, of which there are more than
 * there are in any stage or municipality.
 */
const isOpen = `ExecutionStatus NOT IN ('ContinuedAsNew', 'Completed', 'Terminated', 'Failed', 'Canceled', 'TimedOut')`;

/** Open routes among what a query finds. @param query - list filter of Temporal; empty: all */
export const openRoutesWhere = (query: string): string =>
  [`WorkflowType = 'outflowRoute'`, isOpen, ...(query.trim() ? [`(${query})`] : [])].join(' AND ');

/** Open routes that wait on a party. */
export const waitingOn = (party: string): string => `WaitingOn = '${party}'`;
