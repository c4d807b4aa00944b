/** How missed signals and deadlocks of routes are counted: in which cells each route is. */
import { tallyOf, type Counts } from './tally.ts';

/** What a route has of an attribute, as the store shows it. */
export interface Shown {
  readonly municipality: string;
  readonly values: readonly string[];
}

export const reportCell = {
  signal: (signal: string) => `signal/${signal}`,
  seen: (signal: string, party: string) => `seen of ${signal}/${party}`,
  before: (before: string) => `before/${before}`,
  deadlock: (status: string, name: string) => `deadlock ${name}/${status}`,
};

/** @param rows - each value `signal/party/before` */
export const tallySignals = (rows: readonly Shown[]): Counts =>
  tallyOf(rows, ({ values }) => {
    const cells = values.flatMap((value) => {
      const [signal = '', party = '', before = ''] = value.split('/');
      return [reportCell.signal(signal), reportCell.seen(signal, party), reportCell.before(before)];
    });
    return [...new Set(cells)]; // each route once
  });

/** @param rows - each value `status/name` */
export const tallyDeadlocks = (rows: readonly Shown[]): Counts =>
  tallyOf(rows, ({ values }) =>
    values.flatMap((value) => {
      const [status = '', name] = value.split('/');
      return name ? [reportCell.deadlock(status, name)] : [];
    }),
  );

/** The names of all deadlocks that are counted, in the order of the alphabet. */
export const deadlockNames = (rows: readonly Shown[]): string[] =>
  [...new Set(rows.flatMap(({ values }) => values.flatMap((value) => value.split('/')[1] ?? [])))].sort();
