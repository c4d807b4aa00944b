/** A route whose parties wait for each other, under the agreement of the example region. */
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { agreementOn } from '../../domain/agreement.ts';
import { receive } from '../../domain/partner-news.ts';
import { commitmentIdOf } from '../../domain/round.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { rulesOn } from '../../domain/rules.ts';
import { settled } from '../../domain/settle.ts';
import { begin, reach } from '../../domain/step-transitions.ts';
import type { StepId } from '../../domain/steps.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';

export const start = '2026-11-02T09:00:00.000Z';
const book = await loadRuleBook(start);
const place = { national: 'demo', municipality: 'GM0014', region: 'demo-region', now: start };

export const parties = ['debt-service', 'benefits-office', 'housing-corporation'] as const;
/** The steps at which they stand. */
export const stuck: readonly StepId[] = ['income.benefit', 'debt.stabilisation', 'housing.offer'];

/** A transition with what follows from it. */
export const moved = (state: RouteState, act: (state: RouteState) => RouteState, now = start): RouteState =>
  settled(state, act(state), now);

/** A route of that region whose postal address was refused; nothing else has happened. */
export function refusedAddress(agreement = agreementOn(book, place)!): RouteState {
  const state = begin({
    routeId: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22',
    municipality: 'GM0014',
    region: 'demo-region',
    origin: 'shelter',
    targetGroup: 'shelter',
    caseManager: 'cm-17',
    rules: rulesOn(book, place),
    agreement,
    openingAnswer: { jwe: 'x' },
    by: 'cm-17',
    now: start,
  });
  const postal = { status: 'refused' as const, attempt: 1, since: start };
  return { ...state, steps: { ...state.steps, 'income.postal-address': postal } };
}

/** A route that comes to steps, in this order. */
export const reached = (state: RouteState, ...all: readonly StepId[]): RouteState =>
  all.reduce((before, stepId) => moved(before, (each) => reach(each, stepId, start)), state);

/** A route whose three parties wait for each other. */
export const deadlocked = (): RouteState => reached(refusedAddress(), ...stuck);

/** A party answers in a round, or takes its promise back. */
export function answered(
  state: RouteState,
  party: PartnerParty,
  kind: 'given' | 'declined' | 'broken',
  nr = 1,
): RouteState {
  const requestId = commitmentIdOf(state.routeId, party, nr);
  const news = { eventId: `${party} ${kind} ${nr}`, party, kind: `commitment-${kind}`, requestId } as const;
  return moved(state, (each) => receive(each, news, start).state);
}

/** All parties promise. */
export const promisedByAll = (state: RouteState, nr = 1): RouteState =>
  state
    .rounds!.find((round) => round.nr === nr)!
    .commitments.reduce((before, { party }) => answered(before, party, 'given', nr), state);
