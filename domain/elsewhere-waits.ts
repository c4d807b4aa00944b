/** What a route waits for that is none of its steps: another municipality's answer, somebody who is not there. */
import { absenceNorm } from './absence.ts';
import { stepUnderWay } from './route-notices.ts';
import { isPassed, type RouteState } from './route-state.ts';
import { normOf } from './rules.ts';
import type { Waiting } from './standing.ts';
import { acceptanceRule, offeredTransfer } from './transfer.ts';

/** All of them; none in a route that ends. */
export const elsewhereWaitings = (state: RouteState): readonly Waiting[] =>
  state.ending ? [] : [...transferWaited(state), ...absence(state)];

function transferWaited(state: RouteState): Waiting[] {
  const offer = offeredTransfer(state);
  if (!offer) return [];
  const { since, dueAt, reminders, overdue = false } = offer;
  return [
    {
      stepId: stepUnderWay(state),
      ofRoute: true,
      blocker: 'transfer-offered',
      waitingOn: 'receiving-municipality',
      since,
      ...(dueAt && { dueAt, rule: acceptanceRule }),
      overdue,
      reminded: reminders !== undefined,
      nextMove: overdue || reminders ? 'ask-after-acceptance' : 'await-acceptance',
    },
  ];
}

function absence(state: RouteState): Waiting[] {
  const { hold } = state;
  if (!hold?.kind) return [];
  const { kind, since, until, decideAt } = hold;
  const isDetained = kind === 'detained';
  const norm = normOf(state.rules, absenceNorm(kind));
  const waits = isDetained ? 'await-release' : 'seek-contact';
  const dueAt = isDetained ? until : decideAt;
  const source = norm && { rule: norm.norm, ruleSet: norm.ruleSet, version: norm.version, basis: norm.basis };
  const whole: Waiting = {
    stepId: stepUnderWay(state),
    ofRoute: true,
    blocker: kind,
    waitingOn: isDetained ? 'calendar' : 'case-manager',
    since,
    ...(dueAt && { dueAt }),
    ...(!isDetained && dueAt && source && { rule: source.rule, source }),
    overdue: false,
    reminded: false,
    nextMove: decideAt || !norm ? waits : 'decide-absence',
  };
  const benefit: Waiting = {
    stepId: 'income.benefit',
    blocker: kind,
    waitingOn: 'case-manager',
    since,
    overdue: false,
    reminded: false,
    nextMove: 'look-at-benefit',
  };
  return isDetained && isPassed(state.steps['income.benefit']) ? [whole, benefit] : [whole];
}
