/** The municipality's record system: what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** Whose file it is, which stages the route went through and when, how it ended, who owned it, and who owns what is left. */
export const recordSystem: Disclosure = {
  'closure.file': ['identity', 'stages', 'ending', 'caseManager', 'handedOver'],
};
