/**
 * How true a route is to Critical Time Intervention: figures, each beside what the method asks for and where that stands
 * (CTI fidelity scale; which figures, and how they are counted, is our own [assumed]).
 */
import type { FidelityFigure, FidelityView, NormView } from '../contracts/cti-views.ts';
import type { NormId } from '../contracts/rule-set.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { addMonths, localDay } from './calendar.ts';
import { contactsIn } from './contacts.ts';
import { clockOf, clockStart, ctiPeriods, ctiPhaseOf, hasBegun, phaseOf, type CtiPeriod } from './cti.ts';
import { earliestEnd } from './cti-clock.ts';
import { fidelityText } from './cti-texts.ts';
import { isPassed, type RouteState, type StepRecord } from './route-state.ts';
import { countOf, normOf } from './rules.ts';
import { acceptedOf, takingPartOf } from './supporters.ts';
import { endOfTerm } from './terms.ts';

type Figure = Omit<FidelityFigure, 'norm' | 'sentence'>;

/**
 * The figures as they are at a moment.
 * @param now - ISO 8601: how many contacts are due depends on it
 */
export function fidelityView(state: RouteState, now: string, language: Language): FidelityView {
  const phase = ctiPhaseOf(state);
  const since = clockStart(state);
  const end = earliestEnd(state);
  const endedAt = endOf(state);
  const items = [
    ...ctiPeriods.map((period) =>
      beside(`cti.contact.${phaseOf(period)}`, (norm) => contacts(state, period, norm, now)),
    ),
    beside('cti.community-meetings', (norm) => communityMeetings(state, norm)),
    beside('cti.focus-areas', (norm) => focusAreas(state, norm)),
    beside('cti.supporters', (norm) => supporters(state, norm)),
    beside('cti.duration', () => duration(state, now)),
  ];
  function beside(id: NormId, figure: (norm: NormView) => Figure): FidelityFigure[] {
    const norm = normOf(state.rules, id);
    if (!norm) return [];
    const told = { ...figure(norm), norm };
    return [{ ...told, sentence: fidelityText(told, language) }];
  }
  return {
    asOf: now,
    ...(phase && { phase }),
    ...(since && { since }),
    ...(end && { earliestEnd: end }),
    ...(endedAt && { endedAt }),
    restarts: clockOf(state) - 1,
    items: items.flat(),
  };
}

/** When CTI of the clock that runs was over: after its last phase, or with the end of the route. */
function endOf({ steps }: RouteState): string | undefined {
  const last = steps['cti.transfer-of-care'];
  if (isPassed(last)) return last?.closedAt;
  return ctiPeriods.map((id) => steps[id]).find((each) => each?.status === 'withdrawn')?.closedAt;
}

const isOver = (record: StepRecord | undefined): boolean =>
  isPassed(record) || record?.status === 'withdrawn';

function contacts(state: RouteState, period: CtiPeriod, norm: NormView, now: string): Figure {
  const phase = phaseOf(period);
  const figure = `contacts-${phase}` as const;
  const { held: value, missed } = contactsIn(state, phase);
  const record = state.steps[period];
  if (!hasBegun(record)) return { figure, verdict: 'not-yet', value, missed };
  const due = contactsDue(state, record, norm, now);
  const verdict = value >= due ? 'met' : isOver(record) ? 'not-met' : 'behind';
  return { figure, verdict, value, due, missed };
}

/** How many whole intervals of a phase have gone by. While the route was on hold nobody was due to be met. */
function contactsDue(state: RouteState, record: StepRecord, { value }: NormView, now: string): number {
  const { hold, rules } = state;
  const limit = String(value);
  const { calendar } = rules;
  const lasted = [now, record.closedAt, isPassed(record) ? record.dueAt : undefined, hold?.since];
  const until =
    Date.parse(lasted.filter((each) => each !== undefined).sort()[0]!) - stoodStill(state, record);
  let [due, from] = [0, record.since];
  for (;;) {
    const date = Number(localDay(record.since, calendar).slice(8));
    from = endOfTerm(from, { limit, kind: 'sector', date }, calendar);
    if (Date.parse(from) > until || due >= dueAtMost) return due;
    due += 1;
  }
}

/** More contacts than any phase asks for: a phase without an end is counted no further. */
const dueAtMost = 100;

/** How long a hold has moved the end of a period, in ms. */
function stoodStill({ rules }: RouteState, { heldUp, since, dueAt, rule }: StepRecord): number {
  const term = rule === undefined ? undefined : rules.terms[rule];
  if (!heldUp || !dueAt || !term) return 0;
  return Math.max(Date.parse(dueAt) - Date.parse(endOfTerm(since, term, rules.calendar)), 0);
}

function communityMeetings(state: RouteState, norm: NormView): Figure {
  const value = contactsIn(state, 'transition').community;
  const isPast = isOver(state.steps['cti.transition']);
  const verdict = value >= countOf(norm) ? 'met' : isPast ? 'not-met' : 'not-yet';
  return { figure: 'community-meetings', verdict, value };
}

function focusAreas(state: RouteState, norm: NormView): Figure {
  const value = state.cti?.focusAreas?.length ?? 0;
  const isChosen = value >= 1 && value <= countOf(norm);
  const verdict = isChosen ? 'met' : !ctiPhaseOf(state) ? 'not-yet' : endOf(state) ? 'not-met' : 'behind';
  return { figure: 'focus-areas', verdict, value };
}

function supporters(state: RouteState, norm: NormView): Figure {
  const value = acceptedOf(state);
  const { 'cti.transfer-of-care': transfer, 'cti.transfer-meeting': meeting } = state.steps;
  const short = isOver(meeting) || state.ending ? 'not-met' : hasBegun(transfer) ? 'behind' : 'not-yet';
  const verdict = value >= countOf(norm) ? 'met' : short;
  return { figure: 'supporters-at-transfer', verdict, value, takingPart: takingPartOf(state) };
}

function duration(state: RouteState, now: string): Figure {
  const [start, end, ended] = [clockStart(state), earliestEnd(state), endOf(state)];
  const { calendar } = state.rules;
  const value = start ? wholeMonths(localDay(start, calendar), localDay(ended ?? now, calendar)) : 0;
  const verdict = !ended ? 'not-yet' : end !== undefined && ended < end ? 'not-met' : 'met';
  return { figure: 'time-from-move', verdict, value };
}

function wholeMonths(from: string, until: string): number {
  let months = 0;
  while (addMonths(from, months + 1) <= until) months += 1;
  return months;
}
