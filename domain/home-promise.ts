/**
 * The region's promise of a suitable home within a time (Twente: always within half a year), counted from the day on
 * which the outflow test was positive. It stands beside the steps: whoever is at work on the home, the promise runs.
 */
import type { TermSource } from '../contracts/views.ts';
import type { HomePromiseStatus } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { Notice } from './outbox.ts';
import { changed, type RouteState } from './route-state.ts';
import { isWithoutHome } from './refused-application.ts';
import { sourceOf } from './rules.ts';
import { endOfTerm, shiftedEnd, termFor } from './terms.ts';

export interface HomePromise {
  /** When the application was granted. */
  readonly since: string;
  readonly dueAt: string;
  readonly rule: string;
  /** Which rule set gave the date; left out: the one the route is under now. */
  readonly source?: TermSource;
  /** When somebody hears next that there is no home yet. */
  readonly signalAt: string;
  /** How often somebody heard so. */
  readonly signals: number;
  /** When it was found that it had not been kept in time: that stays so. */
  readonly passedAt?: string;
  /** When the keys were handed over. */
  readonly keptAt?: string;
  /** The home was lived in: keys that are handed over once more are of another one, and take nothing of it back. */
  readonly forGood?: true;
  /** When the route went to a region that promises nothing. */
  readonly lapsedAt?: string;
}

/** The step that a signal is about: nearest to what is to be done. */
const stepId = 'housing.offer' as const;

/** How the promise stands; undefined for a route that was promised nothing. */
export function promiseStatus({
  homePromise,
  ending,
  notNeeded,
}: Pick<RouteState, 'homePromise' | 'ending' | 'notNeeded'>): HomePromiseStatus | undefined {
  if (!homePromise) return undefined;
  const { passedAt, keptAt, lapsedAt } = homePromise;
  if (keptAt) return passedAt ? 'kept-late' : 'kept';
  if (passedAt) return 'passed';
  return ending || lapsedAt || isWithoutHome({ notNeeded }) ? 'ended' : 'running';
}

/** The promise while it is still to be kept; undefined when it is kept, it lapsed, or its route ends. */
export function openPromise({ homePromise, ending, notNeeded }: RouteState): HomePromise | undefined {
  const isOff = ending ?? isWithoutHome({ notNeeded });
  return homePromise && !homePromise.keptAt && !homePromise.lapsedAt && !isOff ? homePromise : undefined;
}

/** What a change of the route does to the promise: it begins, it is kept, or it is so no longer. */
export function withHomePromise(state: RouteState, now: string): RouteState {
  const { homePromise } = state;
  if (state.ending) return state;
  if (!homePromise) return state.decision?.granted ? begun(state, now) : state;
  if (homePromise.forGood || homePromise.lapsedAt) return state;
  const hasHome = state.steps['housing.key-handover']?.status === 'done';
  if (hasHome === (homePromise.keptAt !== undefined)) return state;
  return hasHome ? kept(state, homePromise, now) : runningOn(state, homePromise, now);
}

function begun(state: RouteState, now: string): RouteState {
  const promised = state.agreement?.homePromise;
  const term = promised && termFor(state.rules, promised.rule, { from: now });
  if (!term) return state;
  const { rule } = promised;
  const { dueAt } = term;
  const homePromise = { since: now, dueAt, rule, signals: 0, signalAt: signalAfter(state, now, now) };
  return changed(state, now, { what: 'home-promised', by: 'calendar', dueAt, rule }, { homePromise });
}

/** What came in before the calendar was looked at may be late all the same. While on hold nothing gets late. */
function kept(state: RouteState, promise: HomePromise, now: string): RouteState {
  const isLate = !promise.passedAt && !state.hold && promise.dueAt <= now;
  const told = isLate ? passed(state, now) : state;
  return marked(told, { ...told.homePromise!, keptAt: now }, 'home-promise-kept', now);
}

/** There were no keys after all: it was promised on the day it was promised. */
function runningOn(state: RouteState, promise: HomePromise, now: string): RouteState {
  const { keptAt: _, ...open } = promise;
  return marked(state, open, 'home-promise-runs-on', now);
}

/**
 * For a home that was lived in, before its keys are set aside: what was promised was kept, whatever comes after it.
 * @returns what changes of the route; nothing where no home was there
 */
export function keptForGood({ homePromise }: RouteState): Pick<RouteState, 'homePromise'> {
  return homePromise?.keptAt ? { homePromise: { ...homePromise, forGood: true } } : {};
}

/** The route leaves the region that promised: where the next one promises a home as well, the promise goes on as it was. */
export function promiseMoved(state: RouteState, now: string): RouteState {
  const promise = openPromise(state);
  if (promise && !state.agreement?.homePromise)
    return marked(state, { ...promise, lapsedAt: now }, 'home-promise-lapsed', now);
  // One that was kept is so for good: what runs on here would be somebody else's promise.
  return promise ? state : { ...state, ...keptForGood(state) };
}

/** Somebody hears that there is no home yet. */
export function signalled(state: RouteState, now: string): RouteState {
  const promise = state.homePromise!;
  const signals = promise.signals + 1;
  const next = { ...promise, signals, signalAt: signalAfter(state, promise.signalAt, now) };
  return told(marked(state, next, 'home-promise-signalled', now), 'home-promise', String(signals));
}

/** The time is over: that is told as well, and in the place of a signal of the same moment. */
export function passed(state: RouteState, now: string): RouteState {
  const promise = state.homePromise!;
  const { dueAt, signalAt } = promise;
  const next = signalAt > dueAt ? signalAt : signalAfter(state, signalAt, now);
  const passedPromise = { ...promise, passedAt: now, signalAt: next };
  return told(marked(state, passedPromise, 'home-promise-passed', now), 'home-promise-passed', 'passed');
}

/** The dates of a promise of a route that was on hold from `since` until `now`. It stood still until it was kept. */
export function shiftedPromise(
  state: RouteState,
  since: string,
  now: string,
): Pick<RouteState, 'homePromise'> {
  const promise = state.homePromise;
  if (!promise) return {};
  const { calendar, terms } = state.rules;
  const from = promise.since > since ? promise.since : since;
  const until = promise.keptAt && promise.keptAt < now ? promise.keptAt : now;
  const stoodStill = Date.parse(until) - Date.parse(from);
  if (stoodStill <= 0) return {};
  const dueAt = shiftedEnd(promise.dueAt, stoodStill, calendar, terms[promise.rule]);
  const signalAt = shiftedEnd(promise.signalAt, stoodStill, calendar);
  // What had passed before has passed: nothing of it was left to stand still.
  return { homePromise: { ...promise, signalAt, ...(!promise.passedAt && { dueAt }) } };
}

/**
 * The next signal, counted on from the one before it: by the date of the first day, so that month ends stay month ends.
 * Of several that a machine was late for there is one.
 */
function signalAfter(state: RouteState, before: string, now: string): string {
  const { calendar } = state.rules;
  const { signalEvery: limit } = state.agreement!.homePromise!;
  const date = Number(localDay(state.homePromise?.since ?? now, calendar).slice(8));
  const after = (moment: string) => endOfTerm(moment, { limit, kind: 'regional', date }, calendar);
  // Of seconds there can be more behind than anybody wants to count.
  const isExact = typeof limit === 'string' && limit.startsWith('PT');
  let next = after(before);
  while (next <= now) next = after(isExact ? now : next);
  return next;
}

function marked(state: RouteState, homePromise: HomePromise, what: string, now: string): RouteState {
  const { dueAt, rule, source } = homePromise;
  const entry = { what, by: 'calendar', dueAt, rule, ...(source && { source }) };
  return changed(state, now, entry, { homePromise });
}

function told(state: RouteState, kind: Notice['kind'], nth: string): RouteState {
  const { dueAt, rule, source = sourceOf(state.rules, rule) } = state.homePromise!;
  const key = `${state.routeId}:home-promise:${nth}`;
  const { signalTo: to } = state.agreement!.homePromise!;
  const notice: Notice = { what: 'notice', key, kind, to, stepId, dueAt, rule, source };
  return { ...state, outbox: [...state.outbox, notice] };
}
