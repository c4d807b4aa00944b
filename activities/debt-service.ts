/** The debt service: what it gets to see, per step. */
import type { Disclosure } from './disclosure.ts';

/** Who the person is with the screening and the registration; a threat decides how fast the first talk must be. */
export const debtService: Disclosure = {
  'intake.debt-screening': {
    fields: ['identity', 'debts'],
    basis: 'statutory task: Wgs art. 3 and 4 [assumed]',
  },
  'debt.registration': { fields: ['identity', 'debts'], basis: 'statutory task: Wgs art. 3 and 4 [assumed]' },
  'debt.first-talk': { fields: ['threat'], basis: 'statutory task: Wgs art. 4(2)' },
};
