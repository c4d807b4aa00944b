/**
 * The housing agreement of one region and year: a ledger of places, of who holds them and who waits. Everything it
 * decides is decided in domain/housing-agreement; here it only listens, waits for its terms, and tells.
 *
 * It never ends by itself: a workflow that has ended is kept for days, and a year's figures are asked for longer. Its
 * runs are short. It has no search attributes: those there are speak of one person's route.
 */
import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import { EDITION } from '../domain/edition.ts';
import { settled } from '../domain/housing-agreement/granting.ts';
import { handleAgreementMessages } from './agreement/handlers.ts';
import { Ledger } from './agreement/ledger.ts';
import { keepAgreementOutbox } from './agreement/outbox.ts';
import { keepTermsUntil } from './agreement/terms.ts';
import type { HousingAgreementInput } from './housing-agreement.messages.ts';
import type { RunBudget } from './outflow-route.messages.ts';
import { nextRest } from './at-rest.ts';
import { continueAsNew, endOfRun } from './next-run.ts';

const usualBudget: RunBudget = { events: 2000, days: 30 };

/** Nobody's place is lost because somebody pressed Cancel in the Temporal UI: a year is closed by a command. */
export function housingAgreement(input: HousingAgreementInput): Promise<never> {
  return CancellationScope.nonCancellable(() => aRun(input));
}

async function aRun({ state, budget, leavesTraces }: HousingAgreementInput): Promise<never> {
  const { events, days } = budget ?? usualBudget;
  const ledger = new Ledger(state, leavesTraces);
  handleAgreementMessages(ledger);
  await Promise.race([
    keepTermsUntil(endOfRun(days), ledger),
    keepAgreementOutbox(ledger),
    condition(() => isSpent(ledger, events)),
  ]);
  ledger.isOver = true;
  await nextRest(); // what was set off together with the end comes before the command that ends the run
  await condition(allHandlersFinished);
  return continueAsNew<typeof housingAgreement>({
    // What this run could not yet do about who waits, the next one begins with.
    state: settled({ ...ledger.state, edition: EDITION }, new Date().toISOString()),
    leavesTraces: true,
    ...(budget && { budget }),
  });
}

/** A message on its way would be delivered again under its key: harmless, but not worth it while it can be awaited. */
function isSpent({ events, isLong, isOutdated, delivering }: Ledger, most: number): boolean {
  const spent = isLong || isOutdated || events > most;
  return spent && (delivering === 0 || events > 2 * most);
}
