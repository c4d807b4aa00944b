/**
 * The shapes that the control flow of a ledger can take, each played once and recorded. Names are for good, as those of
 * the routes' scenarios are. A new branch in the ledger's workflow needs a new one.
 */
import { asks, byHand, routeOf, uuid } from '../../test/domain/housing-agreement/support.ts';
import { startLedger } from '../../test/support/a-ledger.ts';
import { bareRoutes } from '../../test/support/region.ts';
import type { System } from '../../test/support/system.ts';
import { until } from '../../test/support/until.ts';

export interface LedgerScenario {
  readonly name: string;
  /** Leaves runs behind; any other scenario is one run. */
  readonly manyRuns?: true;
  /** Brings a ledger to where its history is taken. @returns its workflow id */
  readonly play: (system: System) => Promise<string>;
}

type Played = Awaited<ReturnType<typeof startLedger>>;

/** A ledger, and the routes that ask for its places: a place that is granted to nobody would go to the next. */
const aLedgerOf: typeof startLedger = async (...given) => {
  await bareRoutes(given[0].client, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9].map(routeOf));
  return startLedger(...given);
};

const confirm = (n: number, neighbourhood?: string) =>
  ({ kind: 'confirm', reservationId: uuid(n), ...(neighbourhood && { neighbourhood }) }) as const;
const release = (n: number) => ({ kind: 'release', reservationId: uuid(n) }) as const;
const close = { kind: 'close', carryOver: { places: true, queue: true } } as const;
const usually = 1000;

const allTold = ({ stateOf }: Played) =>
  until('all was told', async () => (await stateOf()).outbox.length === 0, 60_000);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

export const ledgerScenarios: readonly LedgerScenario[] = [
  {
    name: 'ledger-reserved-and-confirmed',
    async play(system) {
      const { give, handle } = await aLedgerOf(system, 2041, 2, usually);
      await give(['c-1', asks(1)]);
      await give(['c-2', asks(2, { until: inDays(9) })]); // the timer is set anew: for an earlier end
      await give(['k-1', confirm(1, 'BU01530101')], ['k-2', confirm(2)]);
      return handle.workflowId;
    },
  },
  {
    name: 'ledger-reserved-by-hand',
    async play(system) {
      const ledger = await aLedgerOf(system, 2055, 1, usually);
      await ledger.give(['c-1', byHand(1)]);
      await allTold(ledger);
      return ledger.handle.workflowId;
    },
  },
  {
    name: 'ledger-queued-released-granted',
    async play(system) {
      const ledger = await aLedgerOf(system, 2042, 1, usually);
      const { give, handle } = ledger;
      await give(['c-1', asks(1)], ['c-2', asks(2)], ['c-3', asks(3)]);
      await give(['r-1', release(1)]);
      await allTold(ledger);
      await give(['r-2', release(2)]);
      await allTold(ledger);
      return handle.workflowId;
    },
  },
  {
    name: 'ledger-short-runs-closed',
    manyRuns: true,
    async play(system) {
      const ledger = await aLedgerOf(system, 2043, 2, 20);
      const { give, handle } = ledger;
      for (let n = 1; n <= 8; n += 1) await give([`c-${n}`, asks(n)]);
      await give(['r-1', release(1)]);
      await allTold(ledger);
      const next = await aLedgerOf(system, 2044, 1, usually);
      await give(['x-1', close]);
      await allTold(ledger);
      await until('the queue is there', async () => (await next.stateOf()).queue.length > 0);
      return handle.workflowId;
    },
  },
  {
    name: 'ledger-taken-over',
    async play(system) {
      const old = await aLedgerOf(system, 2045, 2, usually);
      await old.give(['c-1', asks(1)]);
      const next = await aLedgerOf(system, 2046, 1, usually);
      await old.give(['x-1', close]);
      await allTold(old);
      await next.give(['c-2', asks(2)], ['c-3', asks(3)]);
      await allTold(next);
      return next.handle.workflowId;
    },
  },
];
