/**
 * The statutory scheme (Wsnp) in place of a voluntary arrangement. Its eighteen months count from the ruling, or from the
 * first repayment of a voluntary arrangement where that came earlier: no repaid day is lost (Fw art. 349a).
 */
import { addDays, endOfDay, localDay } from './calendar.ts';
import { runningRepayment, withDebt } from './debt-track.ts';
import { changed, withStep, type RouteState, type StepRecord } from './route-state.ts';
import { inScheme } from './rules.ts';
import { endOfTerm, shiftedBy } from './terms.ts';

const stepId = 'debt.repayment';
const rule = inScheme;

/** The ruling of the court, as the debt service told of it. */
export interface Admission {
  /** YYYY-MM-DD, in Amsterdam. */
  readonly ruledOn: string;
  /** How many months the court set, where it set others than the rule. */
  readonly months?: number;
  readonly attempt: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The latest ruling that admitted the person; undefined where none did. A day that nobody told is that of the news. */
export function admissionOf({ steps, rules: { calendar } }: RouteState): Admission | undefined {
  const record = steps['debt.statutory-scheme'];
  if (record?.status !== 'done' || !record.closedAt) return undefined;
  const told = localDay(record.closedAt, calendar);
  const { ruledOn = told, months } = record.result ?? {};
  const { attempt, closedAt } = record;
  const at = ruledOn === told ? closedAt : shiftedBy(endOfDay(addDays(ruledOn, -1), calendar), 1000);
  return { ruledOn, attempt, at, ...(months && { months }) };
}

/** Notes when repayment began; and counts it anew once a court has admitted the person to the statutory scheme. */
export function withRepayment(state: RouteState, now: string): RouteState {
  const repayment = runningRepayment(state);
  if (!repayment) return state;
  const first = state.debtTrack?.firstRepayment;
  const noted = first ? state : { ...state, ...withDebt(state, { firstRepayment: repayment.since }) };
  const admission = admissionOf(state);
  const isCounted = repayment.rule === rule && state.debtTrack?.admitted === admission?.attempt;
  return admission && !isCounted ? counted(noted, repayment, admission, now) : noted;
}

function counted(state: RouteState, repayment: StepRecord, admission: Admission, now: string): RouteState {
  const term = state.rules.terms[rule];
  if (!term) return state; // rules of before the scheme was known here
  const { firstRepayment: first = admission.at } = state.debtTrack ?? {};
  const from = first < admission.at ? first : admission.at;
  const limit = admission.months ? `P${admission.months}M` : term.limit;
  const dueAt = endOfTerm(from, { limit, kind: term.kind }, state.rules.calendar);
  const { source: _, heldUp: __, ...rest } = repayment;
  const entry = { what: 'repayment-in-scheme', by: 'calendar', stepId, dueAt, rule } as const;
  return changed(state, now, entry, {
    ...withStep(state, stepId, { ...rest, termSince: from, rule, dueAt }),
    ...withDebt(state, { admitted: admission.attempt }),
  });
}
