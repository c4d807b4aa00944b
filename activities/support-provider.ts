/** The support provider: what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** Who is to be supported, once; the later steps speak of the route alone. */
export const supportProvider: Disclosure = {
  'intake.skills': ['identity'],
  'housing.training': ['skills'],
  'housing.support': ['housingForm'],
};
