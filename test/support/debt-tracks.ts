/** Debt tracks in every shape that the exchange model can be asked for. */
import type { RouteState, StepRecord } from '../../domain/route-state.ts';
import { aRoute, daysLater } from './a-route.ts';

type Records = RouteState['steps'];

/** Asked, and answered, some days after the route's start. */
const done = (asked: number, closed: number, more: Partial<StepRecord> = {}): StepRecord => ({
  status: 'done',
  attempt: 1,
  since: daysLater(asked),
  sentAt: daysLater(asked),
  rule: 'partner.answer',
  closedAt: daysLater(closed),
  ...more,
});
const open = (asked: number, more: Partial<StepRecord> = {}): StepRecord => {
  const { closedAt: _, ...record } = done(asked, asked);
  return { ...record, status: 'open', ...more };
};
const route = (steps: Records, more: Partial<RouteState> = {}): RouteState => ({
  ...aRoute(),
  ...more,
  steps,
});

const registered = { 'debt.registration': done(7, 9) };
const planned = {
  ...registered,
  'debt.first-talk': done(9, 20),
  'debt.stabilisation': done(20, 50),
  'debt.plan': done(20, 60, { result: { solution: 'debt-mediation' } }),
};
const repaid = {
  ...planned,
  'debt.arrangement': done(60, 150),
  'debt.repayment': done(150, 697, { rule: 'debt.repayment' }),
};

export const debtTracks = {
  registered: route(registered, { threat: 'eviction' }),
  underWay: route({ ...planned, 'debt.arrangement': open(60) }),
  refusedPlan: route({ ...registered, 'debt.plan': done(20, 60, { status: 'refused' }) }),
  refusedArrangement: route({ ...planned, 'debt.arrangement': done(60, 90, { status: 'refused' }) }),
  repaying: route({ ...repaid, 'debt.repayment': open(150, { rule: 'debt.repayment' }) }),
  discharged: route({ ...repaid, 'debt.discharge': done(697, 700) }),
  otherSolution: route({ ...planned, 'debt.plan': done(20, 60, { result: { solution: 'wsnp' } }) }),
  /** Creditors who refused are before the court, in a moratorium, with the budget managed meanwhile. */
  atCourt: route({
    ...planned,
    'debt.arrangement': done(60, 90, { status: 'refused' }),
    'debt.compulsory-settlement': open(90),
    'debt.moratorium': open(92, { rule: 'debt.moratorium' }),
    'debt.guidance': done(93, 100, { result: { guidance: 'budget-management' } }),
  }),
  /** Nobody has answered, and it was asked again: the term goes on. */
  askedAgain: route({ 'debt.registration': open(30, { attempt: 2, termSince: daysLater(7) }) }),
  /** What people closed by hand or passed over, and what the end of the route withdrew. */
  byHand: route({
    'debt.registration': done(7, 9, { status: 'skipped' }),
    'debt.first-talk': { status: 'done', attempt: 1, since: daysLater(9), closedAt: daysLater(9) },
    'debt.stabilisation': { status: 'not-asked', attempt: 1, since: daysLater(9), closedAt: daysLater(9) },
    'debt.plan': { ...open(9), status: 'withdrawn', closedAt: daysLater(12) },
    'debt.arrangement': { status: 'blocked', attempt: 1, since: daysLater(12) },
  }),
} satisfies Record<string, RouteState>;

export const clients = {
  withBsn: { bsn: '999990019' },
  withoutBsn: { name: 'A. Bee', birthDate: '1974-03-01', postcode: '7511 AB', houseNumber: '3' },
  unknown: undefined,
} as const;
