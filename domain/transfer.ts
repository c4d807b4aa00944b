/**
 * A route that goes to another municipality. It is offered, and stays wholly the sender's until the receiver accepts: then
 * all of it goes along, and no step starts again (transfer-acceptance.ts).
 */
import type { DeclineReason } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { Actor, Command, CommandOf } from './command.ts';
import { Refused } from './refusal.ts';
import { told } from './route-notices.ts';
import { changed, type RouteState } from './route-state.ts';
import { shiftedEnd, termFor, momentWithin } from './terms.ts';

/** The latest transfer of a route, as it travels with it. Dates are ISO 8601, UTC. */
export interface Transfer {
  /** The municipality it is offered to. */
  readonly to: string;
  /** The day from which it may be accepted: YYYY-MM-DD, in Amsterdam. */
  readonly day: string;
  readonly since: string;
  /** By when the receiver is to answer; left out: the rules have no term for it. */
  readonly dueAt?: string;
  /** How many were told. */
  readonly reminders?: number;
  readonly overdue?: true;
  /** What became of it; left out: it is offered. */
  readonly status?: 'accepted' | 'declined' | 'withdrawn';
  readonly endedAt?: string;
  readonly reason?: DeclineReason;
  /** Once it was accepted: the municipality that it came from. */
  readonly sender?: string;
}

export const acceptanceRule = 'transfer.acceptance';

/** The transfer that waits for an answer. */
export const offeredTransfer = ({ transfer }: Pick<RouteState, 'transfer'>): Transfer | undefined =>
  transfer && !transfer.status ? transfer : undefined;

/**
 * Offers the route to another municipality. It is to answer within a term, from the day on which the route is to be theirs.
 * @throws Refused same-municipality, transfer-under-way
 */
export function offerTransfer(
  state: RouteState,
  { to, day, reason: note }: CommandOf<'offer-transfer'>,
  by: string,
  now: string,
): RouteState {
  if (to === state.municipality)
    throw new Refused('same-municipality', 'The route is of this municipality already.');
  if (offeredTransfer(state))
    throw new Refused('transfer-under-way', 'The route is offered to a municipality already.');
  const { calendar } = state.rules;
  // At noon, so that the day is the same in Amsterdam and in UTC.
  const from = day > localDay(now, calendar) ? `${day}T12:00:00.000Z` : now;
  const term = termFor(state.rules, acceptanceRule, { from });
  const transfer: Transfer = { to, day, since: now, ...(term && { dueAt: term.dueAt }) };
  const entry = { what: 'transfer-offered', by, reason: to, note, ...(term && { dueAt: term.dueAt }) };
  return told(changed(state, now, entry, { transfer }), 'transfer-offered', { municipality: to });
}

/** The sender takes it back. @throws Refused no-transfer */
export function withdrawTransfer(state: RouteState, by: string, now: string): RouteState {
  const { to } = theOffer(state);
  const transfer = ended(state, 'withdrawn', now);
  const next = changed(state, now, { what: 'transfer-withdrawn', by, reason: to }, { transfer });
  return told(next, 'transfer-withdrawn', { municipality: to });
}

/** A route that ends is nobody's to take over any more. */
export const withoutTransfer = (state: RouteState, now: string): RouteState =>
  offeredTransfer(state) ? withdrawTransfer(state, 'calendar', now) : state;

/** The receiver does not take it over: it stays where it is. @throws Refused no-transfer */
export function declineTransfer(
  state: RouteState,
  { reason, note }: CommandOf<'decline-transfer'>,
  by: string,
  now: string,
): RouteState {
  theOffer(state);
  const transfer = { ...ended(state, 'declined', now), reason };
  const entry = { what: 'transfer-declined', by, reason, ...(note && { note }) };
  return told(changed(state, now, entry, { transfer }), 'transfer-declined');
}

/**
 * Who offers a route does not answer for the other.
 * @throws Refused no-transfer, transfer-not-yours
 */
export function refuseOwnAnswer(state: RouteState, { municipality }: Actor, { kind }: Command): void {
  if (kind !== 'accept-transfer' && kind !== 'decline-transfer') return;
  const { to } = theOffer(state);
  if (municipality !== undefined && municipality !== to)
    throw new Refused('transfer-not-yours', 'Only the municipality that it is offered to answers.');
}

/** @throws Refused no-transfer */
export function theOffer(state: RouteState): Transfer {
  const offer = offeredTransfer(state);
  if (!offer) throw new Refused('no-transfer', 'The route is not offered to a municipality.');
  return offer;
}

/** What is kept of a transfer that is over. */
export function ended(state: RouteState, status: Transfer['status'] & string, now: string): Transfer {
  const { to, day, since } = theOffer(state);
  return { to, day, since, status, endedAt: now };
}

/** When the sender hears that there is no answer yet, and that the term has passed. The offer stands all the same. */
export function transferMoments(
  state: RouteState,
): { at: string; of: 'transfer'; pass: (state: RouteState, now: string) => RouteState }[] {
  const offer = offeredTransfer(state);
  if (!offer?.dueAt || offer.overdue) return [];
  const { reminders = 0, ...rest } = offer;
  const { since, dueAt } = offer;
  const share = state.rules.reminderShares[reminders];
  const pass = (what: 'transfer-due-soon' | 'transfer-overdue', transfer: Transfer) => {
    const entry = { what, by: 'calendar', reason: offer.to, dueAt, rule: acceptanceRule };
    return (current: RouteState, now: string) => told(changed(current, now, entry, { transfer }), what);
  };
  if (share === undefined)
    return [{ at: dueAt, of: 'transfer', pass: pass('transfer-overdue', { ...rest, overdue: true }) }];
  const at = momentWithin(since, dueAt, share);
  return [{ at, of: 'transfer', pass: pass('transfer-due-soon', { ...offer, reminders: reminders + 1 }) }];
}

/** It stands still during a hold, as every term does. @param ms - for how long, by when it began */
export function shiftedTransfer(
  state: RouteState,
  ms: (since: string) => number,
): Pick<RouteState, 'transfer'> {
  const offer = offeredTransfer(state);
  if (!offer?.dueAt || offer.overdue) return {};
  return { transfer: { ...offer, dueAt: shiftedEnd(offer.dueAt, ms(offer.since), state.rules.calendar) } };
}
