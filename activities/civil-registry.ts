/** The civil registry (BRP): what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** Who is looked up, and who is to be registered at a postal address (Wet BRP art. 2.23). */
export const civilRegistry: Disclosure = {
  'intake.registry-check': ['identity'],
  'income.postal-address': ['identity'],
  'income.ex-officio': ['identity'],
};
