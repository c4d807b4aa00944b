/**
 * The person asks that their data be erased (AVG art. 17). It is destroyed within three months of that, unless a statute or
 * the weighty interest of somebody else stands in the way (Wmo 2015 art. 5.3.5). Somebody else decides than who recorded it:
 * nothing brings back what is destroyed. Granted, the route ends: whoever was asked for something is asked to erase it
 * (AVG art. 19), the key of the person is destroyed at once, and the file gets the course without who it was.
 */
import type { ErasureAnswer, ErasureGround } from '../contracts/erasure.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import { withoutConcerns } from './concern-commands.ts';
import { knows } from './edition.ts';
import { ending } from './finish-step.ts';
import { sent, type ErasureRequest } from './outbox.ts';
import { asksDeletion } from './personal-data.ts';
import { Refused } from './refusal.ts';
import { told } from './route-notices.ts';
import { changed, type RouteState } from './route-state.ts';
import { erasureRule } from './rules.ts';
import { isOutside } from './steps.ts';
import { stepIdsOf, stepOf } from './template.ts';
import { endOfTerm, momentWithin, termFor } from './terms.ts';
import { t } from './text.ts';

/** A request to erase, and what came of it. Dates are ISO 8601, UTC. */
export interface Erasure {
  /** When the person asked. */
  readonly since: string;
  /** Opaque id of who recorded it. */
  readonly by: string;
  /** By when it is to be carried out. */
  readonly dueAt: string;
  /** How many were told that it is due. */
  readonly reminders?: number;
  readonly overdue?: true;
  /** Left out: nobody has decided yet. */
  readonly status?: 'granted' | 'refused';
  readonly decidedAt?: string;
  /** Of a refusal. */
  readonly ground?: ErasureGround;
  /** What the parties answered that were asked to erase. */
  readonly told?: ToldToErase;
}

/** `untold`: it could not be asked. */
export type ToldToErase = Readonly<Partial<Record<PartnerParty, ErasureAnswer | 'untold'>>>;

/** Of rules that are older than it. */
const usual = { limit: 'P3M', kind: 'statutory' } as const;

/** Whether a request waits for a decision. */
export const isErasureAsked = ({ erasure }: RouteState): boolean =>
  erasure !== undefined && erasure.status === undefined;

/** Whether nobody may hear any more who the person is. */
export const isErased = ({ erasure }: RouteState): boolean => erasure?.status === 'granted';

/**
 * Records that the person asks for erasure.
 * @throws Refused erasure-asked, erasure-before-route
 */
export function requestErasure(
  state: RouteState,
  { requestedOn, note }: CommandOf<'request-erasure'>,
  by: string,
  now: string,
): RouteState {
  if (isErasureAsked(state) || isErased(state))
    throw new Refused('erasure-asked', 'Erasure of the data was asked for already.');
  const { calendar } = state.rules;
  if (requestedOn && requestedOn < localDay(state.startedAt, calendar) && knows(state, 12))
    throw new Refused('erasure-before-route', 'The route had not begun on that day.');
  const since = requestedOn && requestedOn < localDay(now, calendar) ? `${requestedOn}T12:00:00.000Z` : now;
  const term = termFor(state.rules, erasureRule, { from: since });
  const dueAt = term?.dueAt ?? endOfTerm(since, usual, calendar);
  const entry = {
    what: 'erasure-asked',
    by,
    dueAt,
    ...(term && { rule: erasureRule }),
    ...(note && { note }),
  };
  return changed(state, now, entry, { erasure: { since, by, dueAt } });
}

/**
 * Grants the request, or refuses it.
 * @throws Refused no-erasure-asked, four-eyes
 */
export function decideErasure(
  state: RouteState,
  { decision, reason: note }: CommandOf<'decide-erasure'>,
  by: string,
  now: string,
): RouteState {
  const { erasure } = state;
  if (!erasure || !isErasureAsked(state))
    throw new Refused('no-erasure-asked', 'Nobody has asked for erasure, or it was decided on.');
  if (erasure.by === by)
    throw new Refused(
      'four-eyes',
      t(
        'Iemand anders dan wie het verzoek vastlegde beslist: wat vernietigd is, komt niet terug.',
        'Somebody else decides than who recorded the request: what is destroyed does not come back.',
      ),
    );
  const { since, by: recorder, dueAt } = erasure;
  const decided = { since, by: recorder, dueAt, decidedAt: now };
  if (!decision.granted) {
    const { ground } = decision;
    const entry = { what: 'erasure-refused', by, reason: ground, note };
    return changed(state, now, entry, { erasure: { ...decided, status: 'refused', ground } });
  }
  const entry = { what: 'erasure-granted', by, note };
  const granted = changed(state, now, entry, { erasure: { ...decided, status: 'granted' } });
  const over = ending(withoutConcerns(granted, now), 'erased', { by }, now);
  return asksDeletion({ ...over, outbox: [...over.outbox, ...requestsTo(state)] });
}

/**
 * Everybody outside who was asked for anything about the person. Not the record system: the file that it has is for the
 * municipality to keep (Wmo 2015 art. 5.3.4), and what it gets from now on names nobody.
 */
function requestsTo(state: RouteState): ErasureRequest[] {
  const asked = stepIdsOf(state).flatMap((stepId) => {
    const { kind, party } = stepOf(state, stepId);
    const record = state.steps[stepId];
    const hadIt = record && (record.attempt > 1 || !['blocked', 'not-asked'].includes(record.status));
    return kind === 'request' && hadIt && isOutside(party) && party !== 'record-system' ? [party] : [];
  });
  return [...new Set(asked)].map((party) => ({
    what: 'erasure',
    key: `${state.routeId}:erasure:${party}`,
    party,
  }));
}

/** What a party answered. */
export function erasureTold(
  state: RouteState,
  { key, party }: ErasureRequest,
  answer: ErasureAnswer,
  now: string,
): RouteState {
  const reason = answer.outcome === 'kept' ? answer.ground : answer.outcome;
  return changed(
    sent(state, key),
    now,
    { what: 'erasure-told', by: party, reason },
    withTold(state, party, answer),
  );
}

/** A party could not be asked: the case manager sees to it. */
export function erasureUntold(state: RouteState, { key, party }: ErasureRequest, now: string): RouteState {
  const entry = { what: 'erasure-untold', by: party };
  return told(changed(sent(state, key), now, entry, withTold(state, party, 'untold')), 'erasure-untold');
}

function withTold(
  { erasure }: RouteState,
  party: PartnerParty,
  answer: ErasureAnswer | 'untold',
): Pick<RouteState, 'erasure'> {
  return erasure ? { erasure: { ...erasure, told: { ...erasure.told, [party]: answer } } } : {};
}

/** When its owner hears that a decision is due, and the process director that it is late. A hold changes nothing of it. */
export function erasureMoments(
  state: RouteState,
): { at: string; of: 'erasure'; pass: (state: RouteState, now: string) => RouteState }[] {
  const { erasure } = state;
  if (!erasure || !isErasureAsked(state) || erasure.overdue) return [];
  const { since, dueAt, reminders = 0 } = erasure;
  const share = state.rules.reminderShares[reminders];
  const of = 'erasure' as const;
  const pass = (what: 'erasure-due-soon' | 'erasure-overdue', next: Erasure) => {
    const entry = { what, by: 'calendar', dueAt, rule: erasureRule };
    return (current: RouteState, now: string) => {
      const { municipality } = current;
      const to = what === 'erasure-overdue' ? { municipality } : {};
      return told(changed(current, now, entry, { erasure: next }), what, to);
    };
  };
  if (share === undefined)
    return [{ at: dueAt, of, pass: pass('erasure-overdue', { ...erasure, overdue: true }) }];
  const at = momentWithin(since, dueAt, share);
  return [{ at, of, pass: pass('erasure-due-soon', { ...erasure, reminders: reminders + 1 }) }];
}
