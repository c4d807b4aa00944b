/** The housing corporation: what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** The search goes by housing form, age (the rent cap), areas and the place that was reserved; who it is comes with urgency and contract. Never a debt, never the origin: that would tell a shelter. */
export const housingCorporation: Disclosure = {
  'housing.urgency': ['identity'],
  'housing.offer': ['housingForm', 'birthYear', 'excludedAreas', 'place'],
  'housing.contract': ['identity', 'offerId'],
  'housing.lease-takeover': ['offerId'],
};
