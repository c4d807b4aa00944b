/** The call to the API that an act of a scenario is. */
import type { Relation } from '../../contracts/cti.ts';
import type { ConcernKind } from '../../contracts/concern.ts';
import type { Act } from './acts.ts';
import type { Call, Found } from './moves.ts';
import type { Later } from './span.ts';

/** A concern is settled once it is open, a supporter answers once invited, a month is made up for once it was missed. */
export function canAct(act: Act, found: Found): boolean {
  if (act.do === 'settle-concern') return openConcern(act.kind, found) !== undefined;
  if (act.do === 'supporter')
    return act.replaces === undefined || droppedOut(act.replaces, found) !== undefined;
  if (act.do === 'supporter-answers') return inPlay(act.relation, found) !== undefined;
  return act.do !== 'debt-progress' || act.what !== 'repayment-made-up' || missedMonth(found) !== undefined;
}

const openConcern = (kind: ConcernKind, { route }: Found) =>
  route.concerns.find((each) => each.kind === kind && each.outcome === undefined);

const supporterOf = (relation: Relation, { route }: Found, statuses: readonly string[]) =>
  route.criticalTimeIntervention.supporters.find(
    (each) => each.relation === relation && statuses.includes(each.status),
  );
const inPlay = (relation: Relation, found: Found) => supporterOf(relation, found, ['invited', 'accepted']);
const droppedOut = (relation: Relation, found: Found) => supporterOf(relation, found, ['dropped-out']);

const missedMonth = ({ route }: Found) => route.debt?.repayment?.missedMonths[0];

const DAY = 10;
const MONTH = 7;

/** @param at - when it is done */
export function callOf(
  act: Act,
  at: string,
  { later, found }: { later: Later; found: Found },
): Pick<Call, 'method' | 'path' | 'body'> {
  switch (act.do) {
    case 'hold':
      return {
        method: 'POST',
        path: '/hold',
        body: { ...without(act, 'for'), ...(act.for && { until: later(at, act.for) }) },
      };
    case 'transfer':
      return { method: 'POST', path: '/transfer', body: { ...without(act), from: at.slice(0, DAY) } };
    case 'move':
    case 'contact':
      return { method: 'POST', path: paths[act.do], body: { ...without(act), date: at.slice(0, DAY) } };
    case 'supporter': {
      const replaces = act.replaces && droppedOut(act.replaces, found)?.supporterId;
      return {
        method: 'POST',
        path: '/supporters',
        body: { ...without(act), ...(replaces && { replaces }) },
      };
    }
    case 'supporter-answers': {
      const body = { ...without(act, 'relation'), ...(act.status === 'accepted' && { consent: true }) };
      return { method: 'PATCH', path: `/supporters/${inPlay(act.relation, found)?.supporterId}`, body };
    }
    case 'debt-progress': {
      const month = act.what === 'repayment-made-up' ? missedMonth(found) : at.slice(0, MONTH);
      const ofMonth = act.what === 'creditors-answered' ? {} : { month };
      return { method: 'POST', path: '/debt-progress', body: { ...without(act), ...ofMonth } };
    }
    case 'take-back-transfer':
      return { method: 'DELETE', path: '/transfer' };
    case 'go-on':
      return { method: 'DELETE', path: '/hold' };
    case 'begin':
    case 'redo':
    case 'skip':
    case 'complete':
      return { method: 'POST', path: `/steps/${act.step}/${act.do}`, body: without(act, 'step') };
    case 'object':
      return { method: 'POST', path: `/steps/${act.step}/objection`, body: without(act, 'step') };
    case 'settle-concern': {
      const path = `/concerns/${openConcern(act.kind, found)?.concernId}/settle`;
      return { method: 'POST', path, body: without(act, 'kind') };
    }
    case 'consent':
      return { method: 'PUT', path: `/consents/${act.party}`, body: without(act, 'party') };
    case 'missed-signals':
    case 'social-exclusion':
    case 'focus-areas':
    case 'skills':
    case 'housing-wish':
    case 'excluded-areas':
    case 'hand-over':
    case 'adopt-rules':
      return { method: 'PUT', path: paths[act.do], body: without(act) };
    case 'concern':
    case 'temporary-provision':
    case 'housing-training':
    case 'reopen':
    case 'ask-commitments':
    case 'accept-transfer':
    case 'decline-transfer':
    case 'close':
      return { method: 'POST', path: paths[act.do], body: without(act) };
  }
}

const paths = {
  concern: '/concerns',
  contact: '/contacts',
  move: '/moves',
  'missed-signals': '/missed-signals',
  'social-exclusion': '/social-exclusion',
  'focus-areas': '/focus-areas',
  'temporary-provision': '/temporary-provision',
  skills: '/skills',
  'housing-wish': '/housing-wish',
  'excluded-areas': '/excluded-areas',
  'hand-over': '/case-manager',
  'adopt-rules': '/rule-set',
  'housing-training': '/housing-training',
  reopen: '/reopenings',
  'ask-commitments': '/commitments',
  'accept-transfer': '/transfer/accept',
  'decline-transfer': '/transfer/decline',
  close: '/closure',
} as const;

/** What of an act is the body of its call: all but what says who does it, and when. */
function without(act: Act, ...more: readonly string[]): object {
  const ours = new Set(['do', 'when', 'by', ...more]);
  return Object.fromEntries(Object.entries(act).filter(([name]) => !ours.has(name)));
}
