/** What the API shows of concerns: codes and dates. What was written stands in the timeline, sealed. */
import type { ConcernView } from '../contracts/concern.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { isOpen, type Concern } from './concern-record.ts';
import { concernText } from './concern-texts.ts';
import { concernsOf, proposedBy } from './concerns.ts';
import type { RouteState } from './route-state.ts';

/** The concerns that are kept, newest first. */
export const concernsView = (state: RouteState, language: Language): ConcernView[] =>
  concernsOf(state)
    .map((concern) => viewOf(state, concern, language))
    .toReversed();

function viewOf(state: RouteState, concern: Concern, language: Language): ConcernView {
  const { concernId, kind, from, raisedAt, times, follows, status, at, owner } = concern;
  const proposes = isOpen(concern) && proposedBy(state, concern);
  return {
    concernId,
    kind,
    from,
    raisedAt,
    times,
    follows,
    ...(proposes && { proposes }),
    ...(isOpen(concern) ? { ...(at && { dueAt: at }) } : settledView(state, concern)),
    overdue: status === 'overdue',
    ...(owner && { owner }),
    sentence: concernText(concern, language),
  };
}

/** By whom, the timeline says: there is no room to say it twice. */
function settledView(
  { timeline }: RouteState,
  { status, at, owner }: Concern,
): Pick<ConcernView, 'outcome' | 'settledAt' | 'settledBy'> {
  const what = owner ? 'concern-handed-over' : 'concern-settled';
  const code = owner ?? status;
  const entry = timeline.find(
    (each) => each.what === what && each.reason === code && each.at.slice(0, 19) === at?.slice(0, 19),
  );
  return {
    outcome: status as ConcernView['outcome'],
    ...(at && { settledAt: at }),
    ...(entry && { settledBy: entry.by }),
  };
}
