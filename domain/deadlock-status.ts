/** How the latest deadlock of a route stands, for who counts them: `status/facts that its parties waited for`. */
import { askingRound } from './round.ts';
import type { RouteState } from './route-state.ts';

/**
 * `open`: it is there; `committed`: broken by commitments of its parties, which are still to come true; `broken`: they did;
 * `gone`: it went otherwise. `none`: there never was one, or none that its parties were asked about. Undefined where nobody
 * looks for any, for no agreement holds.
 */
export function deadlockStatus(state: RouteState): string | undefined {
  const { agreement, impasse, rounds = [] } = state;
  if (!agreement && !impasse) return undefined;
  if (impasse) return `open/${impasse.name}`;
  const last = rounds.at(-1);
  if (!last || askingRound(state)) return 'none';
  const { status, name } = last;
  if (status === 'active') return `committed/${name}`;
  return status === 'kept' ? `broken/${name}` : `gone/${name}`;
}
