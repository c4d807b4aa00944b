/**
 * How much of the timeline travels with a route. Nobody shows the histories of its runs to a case manager, and they are kept
 * for weeks alone: so what travels is chosen, what people wrote goes last, and what is left out is counted.
 */
import { openConcernsOf } from './concerns.ts';
import type { RouteState, TimelineRecord } from './route-state.ts';

/** How many entries, at most. */
export const timelineKept = 250;

/** How much room they have in the fullest route, in characters of JSON: notes and sources make some entries long. */
export const timelineRoom = 6_000;

/** How long the whole state may be before its timeline has no more room than that; as `timelineRoom`. */
export const stateRoom = 60_000;

/** Of what is left out of the timeline: how many entries, and how many texts that somebody wrote. */
export interface LeftOut {
  readonly entries: number;
  readonly notes: number;
}

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
  'concern-recorded',
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
  'erasure-asked',
  'erasure-refused',
  'erasure-granted',
  'contact-noted',
  'note-added',
  'route-ending',
]);

const isOfPeople = ({ what, stepId }: TimelineRecord): boolean =>
  byPeople.has(what) || (what === 'step-completed' && stepId === 'intake.decision');

/** Lines with what a partner wrote of a concern: the raising, or what follows from it. */
const ofConcern: ReadonlySet<string> = new Set([
  'concern-raised',
  'concern-note',
  'concern-reopen',
  'concern-crisis-contact',
]);

/**
 * Leaves out what is too much, always the oldest first:
 *
 * 1. what is routine and has no note;
 * 2. notes of partners, as far as notes take more than half of the room;
 * 3. what nobody decided and has no note;
 * 4. the other notes of partners, but for the latest, and the latest of each concern that is open;
 * 5. notes of people, as far as notes take more than half of the room;
 * 6. what people decided, without a note, and then whatever is oldest.
 *
 * Where a note goes its line stays, and says so. The start of the route stays, as do what has just happened and what
 * somebody who works on the route wrote last.
 * @returns the timeline, and what was left out of it so far
 */
export function bounded(state: RouteState): Pick<RouteState, 'timeline' | 'leftOut'> {
  const { timeline, leftOut } = state;
  const rooms = timeline.map(roomOf);
  let taken = sum(rooms);
  const isWithin = (room: number) => timeline.length <= timelineKept && taken <= room;
  if (isWithin(timelineRoom)) return { timeline };
  const room = roomFor(state);
  if (isWithin(room)) return { timeline };

  const kept = [...timeline];
  let { entries, notes } = leftOut ?? { entries: 0, notes: 0 };
  while (kept.length > timelineKept || taken > room) {
    const at = nextToGo(state, kept, { room, isFull: taken > room });
    if (at < 0) break;
    const { note, ...rest } = kept[at]!;
    const line = note && taken > room ? [{ ...rest, gone: true as const }] : [];
    if (note) notes += 1;
    if (line.length === 0) entries += 1;
    kept.splice(at, 1, ...line);
    taken += sum(line.map(roomOf)) - rooms[at]!;
    rooms.splice(at, 1, ...line.map(roomOf));
  }
  return { timeline: kept, leftOut: { entries, notes } };
}

/** How much room the timeline has: what the rest of the state leaves. */
const roomFor = (state: RouteState): number =>
  Math.max(timelineRoom, stateRoom - JSON.stringify({ ...state, timeline: [] }).length);

/** Which entry goes, or its note: -1 when nothing may. */
function nextToGo(
  state: RouteState,
  timeline: readonly TimelineRecord[],
  { room, isFull }: { room: number; isFull: boolean },
): number {
  const hasManyNotes = isFull && sum(timeline.map(({ note }) => note?.jwe.length ?? 0)) > room / 2;
  const lastWritten = timeline.findLastIndex((entry) => entry.note && isOfPeople(entry));
  const oldest = (which: (entry: TimelineRecord) => unknown) =>
    timeline.findIndex(
      (entry, at) => at > 0 && at < timeline.length - 1 && at !== lastWritten && which(entry),
    );
  const held = heldNotes(state, timeline);
  const isOfPartner = (entry: TimelineRecord) => entry.note && !isOfPeople(entry) && !held.has(entry);
  const order: readonly ((entry: TimelineRecord) => unknown)[] = [
    ({ what, note }) => !note && routine.has(what),
    (entry) => hasManyNotes && isOfPartner(entry),
    (entry) => !entry.note && !isOfPeople(entry),
    isOfPartner,
    ({ note }) => hasManyNotes && note,
    ({ note }) => !note,
    () => true,
  ];
  for (const which of order) {
    const at = oldest(which);
    if (at > 0) return at;
  }
  return -1;
}

/** Of what partners wrote: the latest, and the latest of each concern that somebody still has to look after. */
function heldNotes(state: RouteState, timeline: readonly TimelineRecord[]): ReadonlySet<TimelineRecord> {
  const ofPartners = timeline.filter((entry) => entry.note && !isOfPeople(entry));
  const ofConcerns = openConcernsOf(state).map(({ kind }) =>
    ofPartners.findLast(({ what, reason }) => ofConcern.has(what) && reason?.split(' ')[0] === kind),
  );
  return new Set([ofPartners.at(-1), ...ofConcerns].filter((entry) => entry !== undefined));
}

const roomOf = (entry: TimelineRecord): number => JSON.stringify(entry).length + 1;

const sum = (lengths: readonly number[]): number => lengths.reduce((all, each) => all + each, 0);
