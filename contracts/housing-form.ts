/** Housing forms (outflow profiles) as dated data: a national catalogue, and those of regions that have their own. */
import { z } from 'zod';
import { SkillLevels } from './skills.ts';

/** The code of a housing form, as decisions and offers name it. */
export const HousingFormId = z.string().regex(/^[a-z-]{1,40}$/);

/** The code of a region, as rule sets name it. */
export const RegionId = z.string().regex(/^[a-z-]{1,40}$/);

const Texts = z.strictObject({ nl: z.string().min(1).max(300), en: z.string().min(1).max(300) });

const range = (unit: string, most: number) =>
  z
    .strictObject({ from: z.number().min(0).max(most), to: z.number().min(0).max(most) })
    .refine(({ from, to }) => from <= to, 'must not end below where it begins')
    .describe(unit);

/** One form of living, with who lives in it and what it asks for. */
export const HousingForm = z
  .strictObject({
    id: HousingFormId,
    name: Texts,
    profile: Texts.describe('Whom it is for, in one sentence'),
    asks: SkillLevels.describe('The least level by skill; a skill that is left out is not asked for'),
    supportHours: range('Hours of support per week', 168),
    rent: range('Euro per month that counts for rent allowance', 10_000),
    direct: z
      .boolean()
      .describe(
        "A direct own home, on a lease in the person's name; else a step of the ladder, which needs a reason",
      ),
    from: z.iso.date().describe('First day on which the form exists'),
    until: z.iso.date().optional().describe('Last day on which the form exists'),
  })
  .meta({ id: 'HousingForm' });
export type HousingForm = z.infer<typeof HousingForm>;

/** What a region offers; without a region: what holds where a region has no catalogue of its own. */
export const HousingCatalogue = z
  .strictObject({
    id: z.string().regex(/^[a-z-]{1,60}$/),
    version: z.iso.date(),
    title: Texts,
    region: RegionId.optional().describe('Left out: the national catalogue'),
    basis: z.string().min(3).max(200).describe('Agreement or practice that the forms come from'),
    forms: z.array(HousingForm).min(1).max(40),
  })
  .meta({ id: 'HousingCatalogue' });
export type HousingCatalogue = z.infer<typeof HousingCatalogue>;
