/** Options of the commands that are given to all routes that a query finds. */
import { z } from 'zod';
import { changing } from './options.ts';

export const bulkOptions = {
  ...changing,
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .optional(),
  'per-second': z.coerce.number().positive().max(100).default(10),
  'at-once': z.coerce.number().int().min(1).max(10).default(4),
};

/** As `bulk` takes them. */
export const paceOf = ({
  'per-second': perSecond,
  'at-once': atOnce,
}: {
  'per-second': number;
  'at-once': number;
}) => ({
  perSecond,
  atOnce,
});
