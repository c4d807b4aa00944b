/** Up to which rent a home is suitably allocated, by age and year: figures that change yearly, so never code. */
import { z } from 'zod';

/** The cap for people of some ages, over some days. */
export const RentCap = z
  .strictObject({
    ages: z
      .strictObject({ from: z.int().min(0).max(150), to: z.int().min(0).max(150).optional() })
      .refine(({ from, to }) => to === undefined || from <= to, 'must not end below where they begin')
      .describe('Years of age, both included; without `to`: and all that are older'),
    monthly: z.number().positive().max(10_000).describe('Euro per month that counts for rent allowance'),
    basis: z.string().min(3).max(200),
    from: z.iso.date().describe('First day on which the cap holds'),
    until: z.iso.date().optional().describe('Last day on which the cap holds'),
  })
  .meta({ id: 'RentCap' });
export type RentCap = z.infer<typeof RentCap>;

export const RentCaps = z
  .strictObject({ version: z.iso.date(), caps: z.array(RentCap).min(1) })
  .meta({ id: 'RentCaps' });
export type RentCaps = z.infer<typeof RentCaps>;
