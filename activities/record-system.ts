/** The municipality's record system: what it gets to see, per step. */
import type { Disclosure } from './partner.ts';

/** Whose file it is. */
export const recordSystem: Disclosure = {
  'closure.file': ['identity'],
};
