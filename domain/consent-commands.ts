/** Giving and withdrawing consent. What was not sent yet, and may not be shared any more, is not sent. */
import type { ConsentParty } from '../contracts/consent.ts';
import { localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import {
  consentOfLine,
  consentsView,
  lacksConsent,
  packedConsent,
  packedWithdrawal,
  purposesIn,
} from './consent.ts';
import { toldOfOffers } from './offer-request.ts';
import { releaseOf } from './outbox.ts';
import { Refused } from './refusal.ts';
import { changed, withStep, type RouteState } from './route-state.ts';
import { setAside } from './step-transitions.ts';
import type { StepId } from './steps.ts';
import { partyOf, stepIdsOf, stepOf } from './template.ts';

/** Records what the person agreed to with a party, in place of what they agreed to before. */
export function giveConsent(
  state: RouteState,
  { party, purposes, givenOn, recordedBy }: CommandOf<'give-consent'>,
  by: string,
  now: string,
): RouteState {
  const packed = packedConsent(givenOn, recordedBy ?? by, purposes);
  const entry = { what: 'consent-given', by, reason: party, consent: consentOfLine(packed) };
  return stopped(state, changed(withConsent(state, party, packed), now, entry, {}), party, now);
}

/**
 * The person agrees no longer: from now on that party hears no more than a statutory task allows. In a route that never
 * asked for consent it is the way to object.
 * @throws Refused no-consent-given
 */
export function withdrawConsent(
  state: RouteState,
  { party }: CommandOf<'withdraw-consent'>,
  by: string,
  now: string,
): RouteState {
  const consent = state.consents?.[party];
  const isGiven = consent === undefined ? !state.asksConsent : purposesIn(consent).length > 0;
  if (!isGiven) throw new Refused('no-consent-given', 'There is no consent for this party to withdraw.');
  const packed = packedWithdrawal(localDay(now, state.rules.calendar), by, consent);
  const of = consent && { consent: consentOfLine(consent) };
  const entry = { what: 'consent-withdrawn', by, reason: party, ...of };
  const left = changed(withConsent(state, party, packed), now, entry, {});
  return stopped(state, left, party, now);
}

/**
 * The route is taken over by another municipality, which works with other parties: what the person agreed to was about those
 * of before, and is asked anew [assumed]. Nothing changes in a route that never asked.
 */
export function consentsLapsed(state: RouteState, by: string, now: string): RouteState {
  const given = consentsView(state).items.filter(({ status }) => status === 'given');
  if (!state.asksConsent || given.length === 0) return state;
  const day = localDay(now, state.rules.calendar);
  const lapsed = given.reduce(
    (next, { party }) => withConsent(next, party, packedWithdrawal(day, by, next.consents?.[party])),
    state,
  );
  const told = changed(lapsed, now, { what: 'consents-lapsed', by }, {});
  return given.reduce((next, { party }) => stopped(state, next, party, now), told);
}

const withConsent = (state: RouteState, party: ConsentParty, consent: string): RouteState => ({
  ...state,
  consents: { ...state.consents, [party]: consent },
});

/**
 * Calls off what waits to be sent to a party, or is being tried, and says more than it may now: a step that can't do
 * without waits for consent, another is asked anew without. What the party has already, it has.
 */
function stopped(before: RouteState, state: RouteState, party: ConsentParty, now: string): RouteState {
  const waiting = stepIdsOf(state).filter((id) => {
    const record = state.steps[id];
    return (
      stepOf(state, id).kind === 'request' &&
      partyOf(id) === party &&
      record?.status === 'open' &&
      !record.sentAt
    );
  });
  const blocked = waiting.filter((id) => lacksConsent(state, id));
  const told = (of: RouteState, id: StepId) => JSON.stringify(toldOfOffers(of, id).excludedAreas ?? []);
  const saysLess = waiting.filter((id) => told(before, id).length > told(state, id).length);
  if (blocked.length === 0 && saysLess.length === 0) return state;
  const aside = blocked.length > 0 ? withoutNotices(setAside(state, blocked, now), blocked) : state;
  return saysLess.reduce((next, id) => askedAnew(next, id, now), aside);
}

/** A reminder of a request that is off would only confuse. */
const withoutNotices = (state: RouteState, ids: readonly StepId[]): RouteState => ({
  ...state,
  outbox: state.outbox.filter((each) => each.what !== 'notice' || !ids.includes(each.stepId)),
});

/** Under the next attempt, and the same term: it is the same question, of which less is said. */
function askedAnew(state: RouteState, stepId: StepId, now: string): RouteState {
  const record = state.steps[stepId]!;
  const attempt = record.attempt + 1;
  const entry = { what: 'step-opened', by: partyOf(stepId), stepId, attempt };
  return changed(state, now, entry, {
    ...withStep(state, stepId, { ...record, attempt }),
    outbox: [...state.outbox, ...releaseOf(state, stepId, record)],
  });
}
