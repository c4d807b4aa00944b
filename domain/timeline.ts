/**
 * How much of the timeline travels with a route. The histories of its runs hold all of it; but nobody shows those to a
 * case manager, so what travels is chosen: who repaired what, when and why goes last.
 */
import type { TimelineRecord } from './route-state.ts';

/** How many entries, at most. */
export const timelineKept = 250;

/** How much room they take at most, in characters of JSON: notes and sources make some entries long. */
export const timelineRoom = 6_500;

/** How much of it the notes of people take at most; a note of 1,200 characters takes 1,800. */
const notesRoom = timelineRoom / 2;

/** What can be left out of a timeline that has grown too long: it says nothing that its neighbours do not. */
const routine: ReadonlySet<string> = new Set([
  'request-accepted',
  'step-due-soon',
  'concern-raised',
  'step-opened',
  'home-promise-signalled',
  'news-unreadable',
  'exclusion-asked',
  'contact-held',
  'contact-missed',
  'team-supervision',
  'case-review',
  'transfer-due-soon',
  'creditors-answered',
]);

/** What people decided or repaired: of this nothing else in the state says why. */
const byPeople: ReadonlySet<string> = new Set([
  'hold-began',
  'hold-ended',
  'step-redone',
  'skip-asked',
  'step-skipped',
  'completed-by-hand',
  'step-begun',
  'objection-lodged',
  'track-reopened',
  'case-manager-changed',
  'application-refused',
  'objection-dismissed',
  'provision-began',
  'consent-given',
  'consent-withdrawn',
  'rules-adopted',
  'deadlock-taken-up',
  'concern-settled',
  'concern-handed-over',
  'track-handed-over',
  'offer-accepted',
  'offer-refused',
  'transfer-offered',
  'transfer-accepted',
  'transfer-declined',
  'transfer-withdrawn',
  'consents-lapsed',
  'route-ending',
]);

const isOfPeople = ({ what, stepId }: TimelineRecord): boolean =>
  byPeople.has(what) || (what === 'step-completed' && stepId === 'intake.decision');

/**
 * Leaves out what is too much, always the oldest first: what is routine; the notes of partners; the notes of people, as
 * far as they take more than their room; what nobody decided; and then whatever is oldest. The start of the route stays.
 */
export function bounded(timeline: readonly TimelineRecord[]): readonly TimelineRecord[] {
  let kept = timeline;
  let room = kept.reduce((sum, entry) => sum + roomOf(entry), 0);
  let notes = kept.reduce((sum, entry) => sum + roomOfNote(entry), 0);
  while (kept.length > timelineKept || room > timelineRoom) {
    const { at, by } = nextToGo(kept, notes > notesRoom);
    room += by.reduce((sum, entry) => sum + roomOf(entry), 0) - roomOf(kept[at]!);
    notes += by.reduce((sum, entry) => sum + roomOfNote(entry), 0) - roomOfNote(kept[at]!);
    kept = kept.toSpliced(at, 1, ...by);
  }
  return kept;
}

/** Which entry goes, and what stays in its place: nothing, or the entry without its note. */
function nextToGo(
  timeline: readonly TimelineRecord[],
  hasManyNotes: boolean,
): { at: number; by: readonly TimelineRecord[] } {
  const oldest = (which: (entry: TimelineRecord) => boolean) =>
    timeline.findIndex((entry, at) => at > 0 && which(entry));
  const routineAt = oldest(({ what }) => routine.has(what));
  if (routineAt > 0) return { at: routineAt, by: [] };
  const noteAt = oldest((entry) => entry.note !== undefined && (hasManyNotes || !isOfPeople(entry)));
  if (noteAt < 0)
    return {
      at: Math.max(
        1,
        oldest((entry) => !isOfPeople(entry)),
      ),
      by: [],
    };
  const { note: _, ...rest } = timeline[noteAt]!;
  return { at: noteAt, by: [rest] };
}

const roomOf = (entry: TimelineRecord): number => JSON.stringify(entry).length + 1;

/** How much of it the note takes, of an entry of people. */
const roomOfNote = (entry: TimelineRecord): number =>
  entry.note && isOfPeople(entry) ? entry.note.jwe.length : 0;
