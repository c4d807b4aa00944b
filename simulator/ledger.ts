/** The books as tests and benchmarks read them: per request, with totals. */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import type { Book, Delivery } from './book.ts';

export interface LedgerRow {
  readonly requestId: string;
  readonly routeId: string;
  readonly stepId: string;
  readonly party: PartnerParty;
  /** 0: only foreseen, its answer went out before the request came in. */
  readonly effects: number;
  readonly repeats: number;
  readonly answered: boolean;
  readonly released: boolean;
  readonly receipts: readonly Delivery[];
  /** What was disclosed to the partner. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string;
  /** It is an objection: to the refusal of this request. */
  readonly objectsTo?: string;
}

export interface Ledger {
  readonly requests: readonly LedgerRow[];
  readonly totals: {
    readonly effects: number;
    readonly repeats: number;
    /** Requests whose answer was taken in. */
    readonly answers: number;
    /** Events that the receiver will never take. */
    readonly undeliverable: number;
    /** Requests on which a partner acted more than once. */
    readonly actedTwice: number;
    /** Calls answered with down or rejecting; since the start of this process. */
    readonly turnedAway: number;
  };
}

/** Everything in the books, or what concerns one route. */
export function ledgerOf(book: Book, turnedAway: ReadonlyMap<string, number>, routeId?: string): Ledger {
  const entries = [...book.entries.values()].filter((entry) => !routeId || entry.routeId === routeId);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const calls = [...turnedAway].filter(([requestId]) => !routeId || requestId.startsWith(`${routeId}:`));
  return {
    requests: entries.map(({ requestId, stepId, party, effects, repeats, answered, released, ...entry }) => ({
      requestId,
      routeId: entry.routeId,
      stepId,
      party,
      effects,
      repeats,
      answered,
      released,
      receipts: entry.deliveries,
      ...(entry.request && { data: entry.request.data, idempotencyKey: entry.request.requestId }),
      ...(entry.request?.objectsTo && { objectsTo: entry.request.objectsTo }),
    })),
    totals: {
      effects: sum(entries.map(({ effects }) => effects)),
      repeats: sum(entries.map(({ repeats }) => repeats)),
      answers: entries.filter(({ answered }) => answered).length,
      undeliverable: sum(entries.map(({ deliveries }) => deliveries.filter(({ taken }) => !taken).length)),
      actedTwice: entries.filter(({ effects }) => effects > 1).length,
      turnedAway: sum(calls.map(([, count]) => count)),
    },
  };
}
