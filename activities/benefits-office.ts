/** The benefits office: what it gets to see, per step. */
import type { Disclosure } from './disclosure.ts';

/** Who applies. */
export const benefitsOffice: Disclosure = {
  'income.benefit': { fields: ['identity'], basis: 'statutory task: Participatiewet art. 41 [assumed]' },
};
