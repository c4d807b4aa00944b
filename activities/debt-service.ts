/** The debt service: what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** Who the person is with the screening and the registration; a threat decides how fast the first talk must be. */
export const debtService: Disclosure = {
  'intake.debt-screening': ['identity', 'debts'],
  'debt.registration': ['identity', 'debts'],
  'debt.first-talk': ['threat'],
};
