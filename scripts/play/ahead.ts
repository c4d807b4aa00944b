/** What is about to happen to a route by itself, and when. */
import type { RouteView } from '../../contracts/views.ts';
import { isAnsweredSoon, type PartnerRule } from '../scenario/partners.ts';

/** Also of what was refused or can't go on: somebody still has to do something about it. */
const termRuns: ReadonlySet<string> = new Set(['open', 'refused', 'technical']);

/** The moments at which the calendar changes something: ends of terms and periods, of a hold, a round, a promise. */
function moments({ hold, tracks, rounds, homePromise, transfer }: RouteView): string[] {
  if (hold) return [hold.until, hold.decideAt].flatMap((at) => at ?? []);
  const steps = tracks
    .flatMap((track) => track.steps)
    .filter(({ status, overdue }) => termRuns.has(status) && !overdue);
  const ofRounds = rounds.flatMap(({ status, answerBy, commitments }) => {
    if (status === 'asking') return [answerBy];
    if (status !== 'active') return [];
    return commitments.flatMap(({ keepBy, keptAt }) => (keepBy && !keptAt ? [keepBy] : []));
  });
  return [
    ...steps.flatMap(({ dueAt }) => dueAt ?? []),
    ...ofRounds,
    ...(homePromise?.status === 'running' ? [homePromise.dueAt] : []),
    ...(transfer?.status === 'offered' && transfer.dueAt ? [transfer.dueAt] : []),
  ];
}

/** The moments that are still to come. */
export const momentsAhead = (route: RouteView, now: string): string[] =>
  moments(route).filter((at) => at > now);

/** Whether something is about to change without any more time: then it is too early to let time pass. */
export function isUnsettled(
  route: RouteView,
  { now, made, partners }: { now: string; made: ReadonlySet<string>; partners: readonly PartnerRule[] },
): boolean {
  const { closedAt, waits } = route;
  if (closedAt) return false;
  const asksForPlace = waits.some(
    ({ stepId, blocker }) => stepId === 'housing.place' && blocker === 'waiting-for-answer',
  );
  return (
    waits.length === 0 ||
    asksForPlace ||
    moments(route).some((at) => at <= now) ||
    isAnsweredSoon(partners, route, made)
  );
}
