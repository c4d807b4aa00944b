/** What is shown of the debt track besides its steps: codes, counts and days. */
import type { DebtView } from '../contracts/debt-progress.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import { debtSentences } from './debt-texts.ts';
import { runningRepayment } from './debt-track.ts';
import type { RouteState } from './route-state.ts';
import { admissionOf } from './statutory-scheme.ts';

/** Nothing where nothing of it is known. */
export function debtView(state: RouteState, language: Language): { debt?: DebtView } {
  const { steps, debtTrack } = state;
  const { weeksToResult } = steps['debt.first-talk']?.result ?? {};
  const { guidance } = steps['debt.guidance']?.result ?? {};
  const [asked, agreed, refused] = debtTrack?.creditors ?? [];
  const admission = admissionOf(state);
  const repayment = repaymentView(state);
  const known = {
    ...(weeksToResult && { weeksToResult }),
    ...(guidance && { guidance }),
    ...(asked !== undefined && { creditors: { asked, agreed: agreed!, refused: refused! } }),
    ...(admission && { admittedOn: admission.ruledOn }),
    ...(repayment && { repayment }),
  };
  if (Object.keys(known).length === 0) return {};
  return { debt: { ...known, sentences: debtSentences(known, language) } };
}

function repaymentView(state: RouteState): DebtView['repayment'] {
  const record = runningRepayment(state);
  if (!record?.dueAt) return undefined;
  const day = (moment: string) => localDay(moment, state.rules.calendar);
  return {
    countedFrom: day(record.termSince ?? record.since),
    until: day(record.dueAt),
    missedMonths: [...(state.debtTrack?.missed ?? [])],
  };
}
