/** Signals that were missed before the route began, as codes: counted for prevention, without anything personal. */
import type { MissedSignal } from '../contracts/missed-signals.ts';
import type { CommandOf } from './command.ts';
import { changed, type RouteState } from './route-state.ts';

/** How many a route keeps at most; the contract lets no more in. */
const signalsKept = 8;

/** Records them in place of those that were there; none: nothing is known to have been missed. */
export function recordMissedSignals(
  state: RouteState,
  { signals }: CommandOf<'record-missed-signals'>,
  by: string,
  now: string,
): RouteState {
  const entry = { what: 'missed-signals-recorded', by };
  return changed(state, now, entry, { missedSignals: packedSignals(signals) });
}

/** As a route keeps them, in little room: codes have no spaces. */
export const packedSignals = (signals: readonly MissedSignal[]): readonly string[] =>
  signals.slice(0, signalsKept).map(({ signal, party, before }) => [signal, party, before].join(' '));

/** The same as codes, to be shown and counted. */
export function missedSignalsOf({ missedSignals = [] }: Pick<RouteState, 'missedSignals'>): MissedSignal[] {
  return missedSignals.map((packed) => {
    const [signal, party, before] = packed.split(' ');
    return { signal, party, before } as MissedSignal;
  });
}
