/** The support provider: what it gets to see, per step. */
import type { Disclosure } from './disclosure.ts';

/** Who is to be supported, once; the later steps speak of the route alone. */
export const supportProvider: Disclosure = {
  'intake.skills': { fields: ['identity'], basis: 'statutory task: Wmo 2015 art. 5.1.1 and 5.2.1 [assumed]' },
  'housing.training': { fields: ['skills'], basis: 'consent: housing-training' },
  'housing.support': {
    fields: ['housingForm'],
    basis: 'statutory task: Wmo 2015 art. 5.1.1 and 5.2.1 [assumed]',
  },
};
