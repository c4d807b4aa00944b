/** What people do about concerns: record what somebody told, settle one, hand it over to a named owner. */
import type { CommandOf } from './command.ts';
import { isOpen, type Concern } from './concern-record.ts';
import { concernsOf, openConcernsOf, proposedBy, withConcern } from './concerns.ts';
import { raised } from './raise-concern.ts';
import { Refused } from './refusal.ts';
import { reopen } from './repairs.ts';
import { changed, type RouteState } from './route-state.ts';

/** Records a concern on behalf of who told it: a GP, a neighbour, the neighbourhood team. */
export const raiseConcern = (
  state: RouteState,
  { concernId, concern: kind, from, note }: CommandOf<'raise-concern'>,
  by: string,
  now: string,
): RouteState =>
  raised(
    state,
    { concernId, kind, from, entry: { what: 'concern-recorded', by, ...(note && { note }) } },
    now,
  );

/**
 * Records what became of a concern. With `track-reopened` the track is opened again in the same transition, and what was
 * reached elsewhere is kept.
 * @throws Refused concern-unknown, concern-settled; track-not-reopenable where nothing of the track was passed, where
 * none is named or proposed, and in a route that is ending
 */
export function settleConcern(
  state: RouteState,
  command: CommandOf<'settle-concern'>,
  by: string,
  now: string,
): RouteState {
  const concern = openConcern(state, command.concernId);
  const { outcome, owner, reason: note } = command;
  const { at: _, ...rest } = concern;
  const settled = withConcern(state, {
    ...rest,
    status: outcome,
    at: now,
    ...(owner && { owner }),
    toTell: 0,
  });
  const isReopened = outcome === 'track-reopened';
  const what = owner ? 'concern-handed-over' : 'concern-settled';
  // The reason of a track that is opened again stands with that.
  const entry = { what, by, reason: owner ?? outcome, ...(!isReopened && { note }) };
  const told = changed(settled, now, entry, {});
  if (!isReopened) return told;
  const proposed = proposedBy(state, concern);
  const track = command.track ?? proposed?.track;
  const from = command.from ?? (track === proposed?.track ? proposed?.from : undefined);
  if (!track || state.ending)
    throw new Refused('track-not-reopenable', 'Name the track that is to be opened again.');
  return reopen(told, { kind: 'reopen', track, ...(from && { from }), reason: note }, by, now);
}

/** Who has died needs nobody to look after a concern any more: what is open of them is settled. */
export const withoutConcerns = (state: RouteState, now: string): RouteState =>
  openConcernsOf(state).reduce((each, concern) => {
    const status = 'no-action-needed' as const;
    const entry = { what: 'concern-settled', by: 'calendar', reason: status };
    return changed(withConcern(each, { ...concern, status, at: now, toTell: 0 }), now, entry, {});
  }, state);

function openConcern(state: RouteState, id: string): Concern {
  const concern = concernsOf(state).find(({ concernId }) => concernId === id);
  if (!concern) throw new Refused('concern-unknown', 'The route has no such concern.');
  if (!isOpen(concern)) throw new Refused('concern-settled', 'The concern was settled already.');
  return concern;
}
