/** The benefits office: what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** Who applies. */
export const benefitsOffice: Disclosure = {
  'income.benefit': ['identity'],
};
