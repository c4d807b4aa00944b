/** Steps that only a person begins: they run beside all else, and most routes never come to them. */
import type { CommandOf } from './command.ts';
import { endOfDay } from './calendar.ts';
import { isAddressRefused } from './postal-address.ts';
import { Refused } from './refusal.ts';
import { knows } from './edition.ts';
import { changed, isPassed, isUnderWay, withStep, type RouteState } from './route-state.ts';
import { again } from './step-transitions.ts';
import { t, type Text } from './text.ts';
import { isProcessStepId, stepIds, steps, type ProcessStepId } from './steps.ts';

/** All of them, in the order of the process. */
const begunIds = stepIds.filter((id) => steps[id].byCommand);

/** Those that a partner is asked for; the others are time that passes. */
export const askedWhenBegun = begunIds.filter((id) => steps[id].kind === 'request');

/**
 * Begins one. One that was refused may be asked for once more.
 * @throws Refused step-not-beginnable, step-under-way, beyond-limit
 */
export function beginStep(
  state: RouteState,
  { stepId: id, until, reason: note }: CommandOf<'begin-step'>,
  by: string,
  now: string,
): RouteState {
  const stepId = beginnable(state, id);
  if (isUnderWay(state, stepId) && state.steps[stepId]?.status !== 'refused')
    throw new Refused('step-under-way', `Step ${stepId} is under way already.`);
  const begun = again(changed(state, now, { what: 'step-begun', by, stepId, note }, {}), stepId, now);
  return until === undefined ? begun : ending(begun, stepId, until, now);
}

function beginnable(state: RouteState, id: string): ProcessStepId {
  const stepId = isProcessStepId(id) && begunIds.includes(id) ? id : undefined;
  // Training is begun with the skills that it is about.
  const lacks = stepId && stepId !== 'housing.training' ? lacking(state, stepId) : missing.way;
  if (!stepId || lacks) {
    const { nl, en } = lacks ?? missing.way;
    throw new Refused('step-not-beginnable', t(`Voor ${id} ontbreekt ${nl}.`, `Step ${id} lacks ${en}.`));
  }
  return stepId;
}

const missing = {
  way: t('een manier om hem met de hand te beginnen', 'a way to be begun by hand'),
  addressRefused: t(
    'een geweigerd verzoek om een briefadres',
    'a request for a postal address that stands refused',
  ),
  registration: t('een aanmelding voor schuldhulp', 'a registration for debt help'),
  openArrangement: t(
    'een regeling die schuldeisers nog kan worden opgelegd (Fw art. 287a)',
    'an arrangement that creditors can still be made to accept (Fw art. 287a)',
  ),
  arrangementToCome: t('een regeling die nog moet komen', 'an arrangement that is still to come'),
  unused: t('een periode die nog niet is gebruikt', 'a period that has not been used'),
  attempt: t(
    'een poging tot een regeling met de schuldeisers (Fw art. 285(1)(f))',
    'an attempt at an arrangement with the creditors (Fw art. 285(1)(f))',
  ),
  debts: t('een schuld zonder kwijting', 'debts that are not discharged'),
};

/** What the law wants first; undefined: nothing. */
function lacking(state: RouteState, stepId: ProcessStepId): Text | undefined {
  const { steps: records, notNeeded } = state;
  if (stepId === 'income.ex-officio') return isAddressRefused(state) ? undefined : missing.addressRefused;
  if (notNeeded.includes('debt') || !records['debt.registration']) return missing.registration;
  const arrangement = records['debt.arrangement'];
  if (stepId === 'debt.compulsory-settlement' && (!arrangement || isPassed(arrangement)))
    return missing.openArrangement;
  if (stepId === 'debt.statutory-scheme' && knows(state, 6)) return lackingForScheme(state);
  if (steps[stepId].kind !== 'period') return undefined;
  if (isPassed(arrangement)) return missing.arrangementToCome;
  // Six months at the most, of each once [assumed].
  return isPassed(records[stepId]) ? missing.unused : undefined;
}

/** A court admits to the scheme whom no arrangement out of court could help, and for debts that are not yet discharged. */
function lackingForScheme({ steps: records }: RouteState): Text | undefined {
  if (!records['debt.arrangement']) return missing.attempt;
  return isPassed(records['debt.discharge']) ? missing.debts : undefined;
}

/** A period that ends before it has to by law. */
function ending(state: RouteState, stepId: ProcessStepId, until: string, now: string): RouteState {
  const record = state.steps[stepId]!;
  const dueAt = endOfDay(until, state.rules.calendar);
  if (steps[stepId].kind !== 'period' || dueAt <= now || (record.dueAt && dueAt > record.dueAt))
    throw new Refused('beyond-limit', `Step ${stepId} can't last until ${until}.`);
  return { ...state, ...withStep(state, stepId, { ...record, dueAt }) };
}
