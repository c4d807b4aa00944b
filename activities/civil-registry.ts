/** The civil registry (BRP): what it gets to see, per step. */
import type { Disclosure } from './disclosure.ts';

/** Who is looked up, and who is to be registered at a postal address (Wet BRP art. 2.23). */
export const civilRegistry: Disclosure = {
  'intake.registry-check': {
    fields: ['identity'],
    basis: 'statutory task: Wmo 2015 art. 5.2.9, Wet BRP art. 1.7 [assumed]',
  },
  'income.postal-address': { fields: ['identity'], basis: 'statutory task: Wet BRP art. 2.23' },
  'income.ex-officio': { fields: ['identity'], basis: 'statutory task: Wet BRP art. 2.23' },
};
