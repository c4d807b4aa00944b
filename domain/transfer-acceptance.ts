/**
 * The receiver takes a route over: from now on it is theirs, with what holds there for the steps to come. No step starts
 * again, dates stand, and who was asked goes on with what they were asked.
 */
import { underRules } from './adopted-rules.ts';
import type { CommandOf } from './command.ts';
import { localDay } from './calendar.ts';
import { knows } from './edition.ts';
import { consentsLapsed } from './consent-commands.ts';
import { promiseMoved } from './home-promise.ts';
import { releaseOf, withOutgoing, type Release } from './outbox.ts';
import { isGivenBack, released } from './place.ts';
import { hasPlaceToAsk, placeNotAsked } from './place-step.ts';
import { Refused } from './refusal.ts';
import { off } from './round-end.ts';
import { askingRound } from './round.ts';
import { isOfTransfer, told } from './route-notices.ts';
import { changed, type RouteState } from './route-state.ts';
import { rewound } from './step-transitions.ts';
import { namesOfThoseWhoSaidYes } from './supporters.ts';
import { ended, theOffer } from './transfer.ts';

const placeStep = 'housing.place' as const;

/**
 * Takes the route over.
 * @throws Refused no-transfer, transfer-not-yet
 */
export function acceptTransfer(
  state: RouteState,
  command: CommandOf<'accept-transfer'>,
  by: string,
  now: string,
): RouteState {
  const { to, day } = theOffer(state);
  if (localDay(now, state.rules.calendar) < day)
    throw new Refused('transfer-not-yet', `The route can be taken over from ${day} on.`);
  const { municipality: sender, caseManager: before } = state;
  const { rules, caseManager, note } = command;
  const transfer = { ...ended(state, 'accepted', now), sender };
  const entry = { what: 'transfer-accepted', by, reason: `${sender} ${to}`, ...(note && { note }) };
  const theirs = {
    ...underRules({ ...state, transfer }, rules, entry, now),
    municipality: to,
    caseManager,
  };
  // What waits to be told to who owned it is told to nobody: they hear that it was accepted.
  const outbox = theirs.outbox.filter((each) => each.what !== 'route-notice' || !isOfTransfer(each));
  const still = { ...theirs, outbox };
  const moved = state.region === command.region ? still : inRegion(still, command, now);
  // Under an agreement the process takes another way, which the next run comes to from the top.
  const isOther = (moved.agreement === undefined) !== (state.agreement === undefined) && knows(state, 7);
  const known = namesOfThoseWhoSaidYes(isOther ? { ...moved, rerun: true } : moved);
  const next = consentsLapsed(known, by, now);
  return told(next, 'transfer-accepted', { municipality: sender, recipient: before });
}

/**
 * Another region has an agreement of its own, or none: that one holds from now on. What was promised under the earlier one
 * stays promised, until its own day; what is only being asked is off.
 */
function inRegion(
  state: RouteState,
  { region, agreement }: CommandOf<'accept-transfer'>,
  now: string,
): RouteState {
  const asked = askingRound(state);
  const free = withoutPlace(asked ? off(state, asked, 'route-moved', now) : state, agreement, now);
  const { region: _, agreement: __, ...rest } = free;
  return promiseMoved({ ...rest, ...(region && { region }), ...(agreement && { agreement }) }, now);
}

/**
 * A place that has not become a home goes back to the region that agreed on it, and so does one in its queue; but for the
 * place of a home that was accepted. Where the next region agrees on places as well, the route asks there.
 */
function withoutPlace(
  state: RouteState,
  agreement: CommandOf<'accept-transfer'>['agreement'],
  now: string,
): RouteState {
  const { place, ...without } = state;
  const record = state.steps[placeStep];
  const region = state.region ?? '';
  const queued: readonly Release[] = record
    ? releaseOf(state, placeStep, record).map((each) => ({ ...each, region }))
    : [];
  const releases = !place
    ? queued
    : isGivenBack(state)
      ? [{ ...released(place, state), region: place.region }]
      : [];
  const entry = { what: 'place-ended', by: 'calendar', reason: 'route-moved' };
  const back =
    releases.length > 0
      ? changed(without, now, entry, { outbox: releases.reduce(withOutgoing, state.outbox) })
      : state;
  if (!record) return back;
  if (!agreement?.reservesPlaces) return hasPlaceToAsk(back) ? placeNotAsked(back, now) : back;
  // Also where no place was asked for on the way, and no home was found yet.
  const isSought = record.status === 'not-asked' && state.offers.at(-1)?.status !== 'accepted';
  return releases.length > 0 || isSought ? rewound(back, [placeStep], now) : back;
}
