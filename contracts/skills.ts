/** What somebody can do in daily life, as codes and levels: what a housing form asks for and what was found. */
import { z } from 'zod';
import { faults } from './faults.ts';

/** The skills that an outflow profile may ask for. */
export const Skill = z.enum([
  'living-skills',
  'handling-money',
  'personal-care',
  'social-contacts',
  'daily-activities',
  'asking-for-help',
]);
export type Skill = z.infer<typeof Skill>;

/** How far somebody is in a skill; the scale is our own and stands in docs/housing.md [assumed]. */
export const SkillLevel = z
  .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)], faults.skillLevel.en)
  .describe('0: not by oneself, 1: with daily support, 2: with some support, 3: by oneself')
  .meta({ id: 'SkillLevel' });
export type SkillLevel = z.infer<typeof SkillLevel>;

/** Level by skill. One that is left out is not known, which is another thing than 0. */
export const SkillLevels = z.partialRecord(Skill, SkillLevel).meta({ id: 'SkillLevels' });
export type SkillLevels = Readonly<Partial<Record<Skill, SkillLevel>>>;
