/** The municipality's record system: what it gets to see, per step. */
import type { Disclosure } from './disclosure.ts';

/** Whose file it is, which stages the route went through and when, how it ended, who owned it, and who owns what is left. */
export const recordSystem: Disclosure = {
  'closure.file': {
    fields: ['identity', 'stages', 'ending', 'caseManager', 'handedOver'],
    basis: 'statutory task: Wmo 2015 art. 5.3.4',
  },
};
