/**
 * The log of contacts in CTI and aftercare: all of them counted by phase, for good; of the latest what they were. Which
 * phase one belongs to follows from its date.
 */
import type { CtiPhase } from '../contracts/cti.ts';
import { localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import { packed, phases, RECORD_LENGTH, unpacked, type Contact } from './contact-record.ts';
import { clockOf, ctiPeriods, hasBegun, phaseOf, runningPeriod, withCti, type CtiPeriod } from './cti.ts';
import { withRecord } from './packed.ts';
import { Refused } from './refusal.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';

export interface Counts {
  readonly held: number;
  readonly community: number;
  readonly missed: number;
}

/** Contacts as a route keeps them. */
export interface Contacts {
  /** The clock of CTI that `counts` are of. */
  readonly clock: number;
  /** Held, in the community, missed: three numbers for each phase, in order. */
  readonly counts: readonly number[];
  /** The three numbers of all clocks before. */
  readonly earlier?: readonly number[];
  /** The latest, in the order in which they were told, see `packed`. */
  readonly latest: string;
}

/** How many contacts travel with the route; its histories hold all of them. */
export const contactsKept = 20;

/**
 * Records a contact; its note stands in the timeline.
 * @throws Refused contact-outside-cti for one of before the route came to CTI
 */
export function recordContact(
  state: RouteState,
  { contact, note }: CommandOf<'record-contact'>,
  by: string,
  now: string,
): RouteState {
  const phase = phaseOn(state, contact.date);
  if (!phase)
    throw new Refused('contact-outside-cti', 'On that day the route had not come to CTI or aftercare.');
  const before = ofPresentClock(state);
  const at = 3 * phases.indexOf(phase);
  const isMissed = contact.kind === 'missed';
  const add = [isMissed ? 0 : 1, isWithNetwork(contact) ? 1 : 0, isMissed ? 1 : 0];
  const counts = before.counts.map((count, i) => count + (add[i - at] ?? 0));
  const latest = withRecord(before.latest, packed({ ...contact, phase }), contactsKept);
  // One with a note is kept longer in the timeline: nothing else tells what was written.
  const what = note ? 'contact-noted' : isMissed ? 'contact-missed' : 'contact-held';
  const entry = { what, by, reason: contact.kind, ...(note && { note }) };
  return changed(state, now, entry, withCti(state, { contacts: { ...before, counts, latest } }));
}

/** Meetings in the community are to be with the new supports (CTI), not with the person alone. */
const isWithNetwork = ({ kind, with: roles }: Pick<Contact, 'kind' | 'with'>): boolean =>
  kind === 'meeting-in-community' && roles.some((role) => role !== 'person');

/** The phase in which a day lies; on the day on which one follows another the later one. */
function phaseOn({ steps, rules }: RouteState, date: string): CtiPhase | undefined {
  const isFrom = (moment: string | undefined) =>
    moment !== undefined && localDay(moment, rules.calendar) <= date;
  const meeting = steps['cti.transfer-meeting'];
  if (isPassed(meeting) && isFrom(meeting?.closedAt)) return 'aftercare';
  const period = ctiPeriods.findLast((id) => hasBegun(steps[id]) && isFrom(steps[id].since));
  if (period) return phaseOf(period);
  return isFrom(steps['cti.pre-cti']?.since) ? 'pre-cti' : undefined;
}

/** The counts of the clock that runs: a restart begins them anew, and what was before stays counted. */
function ofPresentClock(state: RouteState): Contacts {
  const clock = clockOf(state);
  const none = phases.flatMap(() => [0, 0, 0]);
  const known = state.cti?.contacts ?? { clock, counts: none, latest: '' };
  if (known.clock === clock) return known;
  const { earlier = [0, 0, 0], counts, latest } = known;
  const sums = earlier.map((sum, i) => sum + counts.reduce((all, n, j) => all + (j % 3 === i ? n : 0), 0));
  return { clock, counts: none, earlier: sums, latest };
}

const countsOfThree = ([held = 0, community = 0, missed = 0]: readonly number[]): Counts => ({
  held,
  community,
  missed,
});

/** How many contacts there were in a phase, under the clock that runs. */
export function contactsIn(state: RouteState, phase: CtiPhase): Counts {
  const at = 3 * phases.indexOf(phase);
  return countsOfThree(ofPresentClock(state).counts.slice(at, at + 3));
}

/** The counts of all phases that had any, and of the clocks before. */
export function contactCounts(state: RouteState): {
  counts: Partial<Record<CtiPhase, Counts>>;
  earlier?: Counts;
} {
  const { earlier } = ofPresentClock(state);
  const some = phases
    .map((phase) => [phase, contactsIn(state, phase)] as const)
    .filter(([, { held, missed }]) => held + missed > 0);
  return { counts: Object.fromEntries(some), ...(earlier && { earlier: countsOfThree(earlier) }) };
}

/** The latest contacts, newest first. */
export function latestContacts({ cti }: Pick<RouteState, 'cti'>): readonly Contact[] {
  const { latest = '' } = cti?.contacts ?? {};
  const all = Array.from({ length: latest.length / RECORD_LENGTH }, (_, i) =>
    unpacked(latest.slice(i * RECORD_LENGTH, (i + 1) * RECORD_LENGTH)),
  );
  return all.toReversed().sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

/** The day from which the next contact of the phase that runs is counted: the last that was held in it, or its first. */
export function countedFrom(state: RouteState): { period: CtiPeriod; from: string } | undefined {
  const period = runningPeriod(state);
  if (!period) return undefined;
  const { since } = state.steps[period]!;
  const begin = localDay(since, state.rules.calendar);
  const last = latestContacts(state).find(
    ({ phase, kind, date }) => phase === phaseOf(period) && kind !== 'missed' && date >= begin,
  );
  // At noon, so that the day is the same in Amsterdam and in UTC.
  return { period, from: last && last.date > begin ? `${last.date}T12:00:00.000Z` : since };
}
