/** What is shown of a ledger: numbers, codes and route ids. */
import type { AgreementView, QueueView, ReservationView } from '../../contracts/housing-agreement-views.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { allWaiting } from './closure.ts';
import { linesOf, none, spreadOf, type Line } from './places.ts';
import { heldBackIn, reasonOf } from './queue.ts';
import type { AgreementState, Asked } from './state.ts';
import { heldBackSentence, queueSentence } from './texts.ts';

/** The agreement itself. */
export function agreementView(state: AgreementState): AgreementView {
  const { region, year, version, changedAt, terms, closed, carriedOver, notCarriedOver = 0 } = state;
  return {
    region,
    year,
    version,
    changedAt,
    ...terms,
    carriedOver: [...carriedOver],
    notCarriedOver,
    ...(closed && { closed }),
  };
}

/** Agreed against realised, in all and by every side of a place. */
export function utilisation(state: AgreementState) {
  const lines = linesOf(state);
  const by = <K extends 'corporation' | 'municipality' | 'housingForm'>(side: K) =>
    distinct(lines.map((line) => line[side])).map((value) => ({
      [side]: value,
      ...sum(lines.filter((line) => line[side] === value)),
    })) as ({ [P in K]: string } & Figures)[];
  const spread = spreadOf(state, lines);
  const held = (neighbourhood: string, status: string) =>
    state.reservations.filter((each) => each.place.neighbourhood === neighbourhood && each.status === status)
      .length;
  return {
    ...sum(lines),
    notCarriedOver: state.notCarriedOver ?? 0,
    queued: allWaiting(state).length,
    byCorporation: by('corporation'),
    byMunicipality: by('municipality'),
    byHousingForm: by('housingForm'),
    byNeighbourhood: distinct([...spread.maximum.keys(), ...spread.taken.keys()]).map((neighbourhood) => ({
      neighbourhood,
      ...(spread.maximum.has(neighbourhood) && { maximum: spread.maximum.get(neighbourhood)! }),
      reserved: held(neighbourhood, 'reserved'),
      realised: held(neighbourhood, 'realised'),
    })),
  };
}

type Figures = Omit<Line, 'key' | 'corporation' | 'municipality' | 'housingForm'>;

function sum(lines: readonly Line[]): Figures {
  return lines.reduce<Figures>(
    (total, line) => ({
      agreed: total.agreed + line.agreed,
      carriedOver: total.carriedOver + line.carriedOver,
      withdrawn: total.withdrawn + line.withdrawn,
      carriedOn: total.carriedOn + line.carriedOn,
      reserved: total.reserved + line.reserved,
      realised: total.realised + line.realised,
      free: total.free + line.free,
    }),
    none,
  );
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** Everybody who waits, in order, each with the reason for their place. */
export function queueView(state: AgreementState, language: Language): QueueView {
  const waiting = allWaiting(state);
  const placed = placedIn(state, waiting, language);
  return { items: waiting.map((asked, i) => ({ ...shown(asked), ...placed(asked, i) })) };
}

/** One reservation: the place, or where it stands in the queue and why. */
export function reservationView(
  state: AgreementState,
  asked: Asked,
  language: Language = 'nl',
): ReservationView {
  const held = state.reservations.find((each) => each.asked.reservationId === asked.reservationId);
  if (held) {
    const { status, place, until } = held;
    return { ...shown(asked), status, place, ...(status === 'reserved' && { until }) };
  }
  const waiting = allWaiting(state);
  const queue = placedIn(state, waiting, language)(asked, waiting.indexOf(asked));
  return { ...shown(asked), status: 'queued', queue };
}

function shown({ reservationId, routeId, wishes, urgentByLaw, waitingSince }: Asked) {
  return { reservationId, routeId, wishes, urgentByLaw, waitingSince };
}

function placedIn(state: AgreementState, waiting: readonly Asked[], language: Language) {
  const heldBack = heldBackIn(state);
  return (asked: Asked, i: number) => {
    const reason = reasonOf(asked, waiting[i - 1]);
    const held = heldBack(asked);
    return {
      position: i + 1,
      reason,
      sentence: queueSentence(asked, reason, language),
      heldBack: held.why,
      heldBackSentence: heldBackSentence(held, language),
    };
  };
}
