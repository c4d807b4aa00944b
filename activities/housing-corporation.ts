/** The housing corporation: what it gets to see, per step. */
import type { Disclosure } from './disclosure.ts';

/** The search goes by housing form, age (the rent cap), areas and the place that was reserved; who it is comes with urgency and contract. Never a debt, never the origin: that would tell a shelter. */
export const housingCorporation: Disclosure = {
  'housing.urgency': { fields: ['identity'], basis: 'statutory task: Huisvestingswet art. 12(3) [assumed]' },
  'housing.offer': {
    fields: ['housingForm', 'birthYear', 'excludedAreas', 'place'],
    basis: 'statutory task: suitable allocation, Woningwet art. 46 [assumed]',
    also: {
      excludedAreas:
        'areas of refused offers: they were made there; areas that the person named: consent, safe-search',
    },
  },
  'housing.contract': {
    fields: ['identity', 'offerId'],
    basis: "the person's own contract: AVG art. 6(1)(b)",
  },
  'housing.lease-takeover': { fields: ['offerId'], basis: "the person's own contract: AVG art. 6(1)(b)" },
};
