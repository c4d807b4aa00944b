/** News about commitments: who promises, who does not, who takes a promise back. */
import { declined, given } from './commitments.ts';
import { knows } from './edition.ts';
import type { PartnerNews } from './news.ts';
import type { Verdict } from './partner-news.ts';
import { openRounds, parseCommitmentId } from './round.ts';
import { broken } from './round-end.ts';
import { changed, withStep, type RouteState } from './route-state.ts';
import { parseRequestId } from './request-id.ts';
import { rewound } from './step-transitions.ts';

/**
 * Judges an answer to a round of commitments, or a promise that is taken back.
 *
 * While a round is asked, a party may still change its yes into a no; when it is active, its promise binds it, and it
 * can only break it. What comes after that is late.
 */
export function judgeCommitment(state: RouteState, news: PartnerNews, now: string): Verdict {
  const late = (reason: string): Verdict => ({ state, receipt: 'late', reason });
  const asked = parseCommitmentId(news.requestId ?? '');
  if (asked?.routeId !== state.routeId || asked.party !== news.party)
    return judgeSupport(state, news, now) ?? late('no-open-round');
  const round = openRounds(state).find(({ nr }) => nr === asked.nr);
  if (!round) return late('no-open-round');
  const own = round.commitments.find(({ party }) => party === news.party);
  if (!own || own.facts.length === 0) return late('unknown-request');
  const applied = (next: RouteState): Verdict => ({ state: next, receipt: 'applied' });
  if (round.status === 'asking') {
    if (news.kind === 'commitment-broken') return late('not-promised');
    if (news.kind === 'commitment-declined') return applied(declined(state, round, own.party, now));
    return own.answer ? late('already-answered') : applied(given(state, round, own.party, now));
  }
  if (news.kind !== 'commitment-broken') return late('already-answered');
  return own.keptAt
    ? late('already-kept')
    : applied(broken(state, round, { party: own.party, reason: 'broken' }, now));
}

/**
 * A support provider that ends the support it committed to. Before the key handover the keys wait for other support;
 * after it the tenancy stands, and the case manager is told: the end of support never ends a tenancy by itself, nor
 * anything else that is done or under way. But no keys are asked for any more before there is support again.
 */
function judgeSupport(state: RouteState, news: PartnerNews, now: string): Verdict | undefined {
  const asked = parseRequestId(news.requestId ?? '');
  const isSupport = asked?.routeId === state.routeId && asked.stepId === 'housing.support';
  if (!isSupport || news.party !== 'support-provider' || news.kind !== 'commitment-broken') return undefined;
  const record = state.steps['housing.support'];
  const hasEnded = record?.endedAt !== undefined && knows(state, 2);
  if (record?.attempt !== asked.attempt || record.status !== 'done' || hasEnded)
    return { state, receipt: 'late', reason: 'not-promised' };
  const entry = {
    what: 'support-ended',
    by: news.party,
    stepId: 'housing.support' as const,
    attempt: record.attempt,
    ...(news.note && { note: news.note }),
  };
  const hasKeys = state.steps['housing.key-handover']?.status === 'done';
  const ended = hasKeys ? withStep(state, 'housing.support', { ...record, endedAt: now }) : {};
  const told = changed(state, now, entry, ended);
  return {
    state: hasKeys ? toldOfSupport(told, now) : rewound(told, ['housing.support'], now),
    receipt: 'applied',
  };
}

function toldOfSupport(state: RouteState, now: string): RouteState {
  const stepId = 'housing.support' as const;
  const { attempt } = state.steps[stepId]!;
  const key = `${state.routeId}:${stepId}:${attempt}:ended`;
  const notice = {
    what: 'notice' as const,
    key,
    kind: 'support-ended' as const,
    to: 'case-manager' as const,
    stepId,
    dueAt: now,
    rule: 'housing.support',
  };
  return { ...state, outbox: [...state.outbox, notice] };
}
