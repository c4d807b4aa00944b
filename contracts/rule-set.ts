/** Rule sets: every term as dated data with its basis. Checked once, at load. */
import { z } from 'zod';

const IsoDuration = z
  .string()
  .regex(
    /^P(?=\d|T)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'must be an ISO 8601 duration, such as P6W',
  );

/** A limit in calendar time, or in Dutch working days. */
export const Limit = z
  .union([IsoDuration, z.strictObject({ workingDays: z.int().positive() })])
  .meta({ id: 'Limit' });
export type Limit = z.infer<typeof Limit>;

export const RuleKind = z.enum(['statutory', 'sector', 'regional', 'local', 'assumed']);

export const Rule = z
  .strictObject({
    id: z.string().regex(/^[a-z]+(\.[a-z-]+)+$/),
    limit: Limit,
    basis: z.string().min(3).describe('Article of law, method or agreement this term comes from'),
    kind: RuleKind,
    from: z.iso.date().describe('First day on which the rule holds'),
    until: z.iso.date().optional().describe('Last day on which the rule holds'),
  })
  .meta({ id: 'Rule' });
export type Rule = z.infer<typeof Rule>;

export const RuleSet = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date'),
    title: z.strictObject({ nl: z.string(), en: z.string() }),
    reminderShare: z.number().gt(0).lt(1).describe('Share of a term after which the party is reminded'),
    unreachableAfter: IsoDuration.describe(
      'A request that no partner accepted for so long makes its step technical',
    ),
    publicHolidays: z.array(z.iso.date()),
    rules: z.array(Rule).min(1),
  })
  .meta({ id: 'RuleSet' });
export type RuleSet = z.infer<typeof RuleSet>;
