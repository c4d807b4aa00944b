/** Where a date comes from. */
import { z } from 'zod';

/** The rule, its set and version, and the law, norm or agreement behind it. */
export const TermSource = z
  .object({ rule: z.string(), ruleSet: z.string(), version: z.string(), basis: z.string() })
  .meta({ id: 'TermSource' });
export type TermSource = z.infer<typeof TermSource>;
