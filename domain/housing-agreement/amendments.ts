/** What becomes of the agreement itself: amended, closed, and what the year before brings. */
import type { AgreedPlaces } from '../../contracts/housing-agreement.ts';
import { knows } from '../edition.ts';
import { settled } from './granting.ts';
import { lineKey, linesOf, summed } from './places.ts';
import { inFairOrder } from './queue.ts';
import { AgreementRefused } from './refusal.ts';
import {
  carriedOverAtMost,
  type AgreementState,
  type AgreementTerms,
  type Asked,
  type CarryOver,
} from './state.ts';

/**
 * Other terms; the same ones change nothing. Never fewer places than are reserved and realised, line by line. Fewer places
 * follow first what the corporation took back already, and take away only what they are fewer beyond that. Shares may
 * become smaller than what is taken: they hold for who comes then.
 * @param version - the one that the terms were changed from
 * @throws AgreementRefused agreement-changed, agreement-closed, below-taken with the line and its numbers
 */
export function amend(
  state: AgreementState,
  { terms, version }: { terms: AgreementTerms; version: number },
  now: string,
): AgreementState {
  if (JSON.stringify(terms) === JSON.stringify(state.terms)) return state;
  if (version !== state.version) throw new AgreementRefused('agreement-changed', { version: state.version });
  if (state.closed) throw new AgreementRefused('agreement-closed', { year: state.year });
  const withdrawn = knows(state, 2) ? leftWithdrawn(state, terms) : state.withdrawn;
  const amended = { ...state, terms, withdrawn, version: state.version + 1 };
  for (const { corporation, municipality, housingForm, ...line } of linesOf(amended))
    if (line.free < 0)
      throw new AgreementRefused('below-taken', {
        corporation,
        municipality,
        housingForm,
        agreed: line.agreed,
        // What was carried over counts as well: this is the smallest number that can be agreed.
        atLeast: line.agreed - line.free,
        taken: line.reserved + line.realised,
      });
  return settled(amended, now);
}

/** What of the places that were taken back is still agreed: the terms have gone down by the others. */
function leftWithdrawn(state: AgreementState, terms: AgreementTerms): AgreedPlaces[] {
  const agreed = ({ agreed: all }: AgreementTerms, line: AgreedPlaces) =>
    all.find((each) => lineKey(each) === lineKey(line))?.places ?? 0;
  const left = state.withdrawn.map((line) => {
    const fewer = Math.max(0, agreed(state.terms, line) - agreed(terms, line));
    return { ...line, places: Math.max(0, line.places - fewer) };
  });
  return summed(left);
}

/** Nobody new comes in; what is reserved is realised, released or lapses still. Closing again changes nothing. */
export function close(
  state: AgreementState,
  { carryOver }: { carryOver: { places: boolean; queue: boolean } },
  now: string,
): AgreementState {
  if (state.closed) return state;
  return settled({ ...state, closed: { at: now, carryOver } }, now);
}

/**
 * What the year before carries over: free places, and who waits, with the waiting dates they had. Nobody comes in twice.
 * A ledger that is closed itself passes it on to the year after. Places that it has no room for are counted.
 */
export function takeOver(
  state: AgreementState,
  { places, queue }: Pick<CarryOver, 'places' | 'queue'>,
  now: string,
): AgreementState {
  const held = (asked: Asked) => state.reservations.some((each) => each.asked.routeId === asked.routeId);
  const queued = (asked: Asked) => state.queue.some(({ routeId }) => routeId === asked.routeId);
  const coming = queue
    .filter((asked) => !held(asked))
    .map((asked, i) => ({ ...asked, arrival: state.arrivals + i + 1 }));
  // Who stands in both queues keeps the reservation they know here, and loses nothing of what their place goes by.
  const merged = state.queue.map((own) => {
    const other = coming.find(({ routeId }) => routeId === own.routeId);
    return other ? withLonger(own, other, knows(state, 2)) : own;
  });
  const newcomers = coming.filter((asked) => !queued(asked));
  const taken = fitting(state, places);
  const left = (state.notCarriedOver ?? 0) + count(places) - count(taken);
  return settled(
    {
      ...state,
      carriedOver: summed([...state.carriedOver, ...taken]),
      ...(left > 0 && { notCarriedOver: left }),
      queue: [...merged, ...newcomers].sort(inFairOrder),
      arrivals: state.arrivals + coming.length,
    },
    now,
  );
}

/** @param withUrgency - runs of before looked at the waiting time alone */
function withLonger(own: Asked, other: Asked, withUrgency: boolean): Asked {
  const waitingSince = other.waitingSince < own.waitingSince ? other.waitingSince : own.waitingSince;
  const urgentByLaw = own.urgentByLaw || (withUrgency && other.urgentByLaw);
  return { ...own, waitingSince, urgentByLaw };
}

const count = (all: readonly AgreedPlaces[]): number => all.reduce((sum, { places }) => sum + places, 0);

/** Places as far as the ledger has room for them: see `carriedOverAtMost`. */
function fitting(state: AgreementState, places: readonly AgreedPlaces[]): AgreedPlaces[] {
  let room = carriedOverAtMost - count(state.carriedOver);
  return places.map((each) => {
    const taken = Math.max(0, Math.min(each.places, room));
    room -= taken;
    return { ...each, places: taken };
  });
}
