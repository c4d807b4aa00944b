/** The one timer of a ledger: it stands at the nearest moment at which a reserved place lapses. */
import { condition } from '@temporalio/workflow';
import { lapse, nextLapse } from '../../domain/housing-agreement/reservations.ts';
import type { Ledger } from './ledger.ts';

/** A timer is started, and fires in a workflow task of its own. */
const eventsOfTimer = 5;

/**
 * Lets reservations lapse until the run ends, and ends when the run is old. The timer is set anew only for an earlier
 * moment: one that turns out needless costs less than one that is cancelled each time.
 *
 * When it rings, what lapses goes by the moment that it was set for and not by the clock: a worker that was away for a
 * day lets nothing lapse later than was said.
 * @param endOfRun - ms since 1970
 */
export async function keepTermsUntil(endOfRun: number, ledger: Ledger): Promise<void> {
  while (!ledger.isOver) {
    const next = nextLapse(ledger.state);
    const at = Math.min(next ? Date.parse(next) : Infinity, endOfRun);
    const summary = at < endOfRun ? `Reservering vervalt (${next})` : 'Einde van deze run';
    const isEarlier = () => !ledger.isOver && Date.parse(nextLapse(ledger.state) ?? '9999-01-01') < at;
    const changed = await condition(isEarlier, Math.max(at - Date.now(), 1), { summary });
    if (changed) continue;
    ledger.move(lapse(ledger.state, new Date(at).toISOString()), eventsOfTimer);
    if (at >= endOfRun) return;
  }
}
