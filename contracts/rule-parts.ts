/** What all rules of a rule set have: a length of time, a basis, its kind, and the days between which it holds. */
import { z } from 'zod';

/** Hours, minutes and seconds: exact, whatever the calendar says. */
export const Time = z
  .string()
  .regex(/^PT(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?$/, 'must be hours, minutes and seconds, such as PT4H');

/** In one unit, as statutes state their terms: what the Algemene termijnenwet says depends on the unit. */
export const Days = z
  .string()
  .regex(
    /^P[1-9]\d{0,3}[YMWD]$/,
    'must be years, months, weeks or days, such as P6W, or a time, such as PT4H',
  );

/** A limit in calendar time, in an exact time, or in Dutch working days. */
export const Limit = z
  .union([Days, Time, z.strictObject({ workingDays: z.int().min(1).max(1000) })])
  .meta({ id: 'Limit' });
export type Limit = z.infer<typeof Limit>;

export const RuleKind = z.enum(['statutory', 'sector', 'regional', 'local', 'assumed']);
export type RuleKind = z.infer<typeof RuleKind>;

/** Of whatever holds from a day on, until a day or for good. */
export const dated = {
  basis: z.string().min(3).max(200).describe('Article of law, method or agreement this comes from'),
  kind: RuleKind,
  from: z.iso.date().describe('First day on which the rule holds'),
  until: z.iso.date().optional().describe('Last day on which the rule holds'),
};

/** Of what no statute says. */
export const notStatutory = { ...dated, kind: RuleKind.exclude(['statutory']) };
