/** How the API shows housing forms, skills and the match of the two. Codes, and sentences made of them. */
import { z } from 'zod';
import housingForms from './examples/housing-forms.json' with { type: 'json' };
import housingMatch from './examples/housing-match.json' with { type: 'json' };
import { HousingCatalogue, HousingFormId } from './housing-form.ts';
import { RentCap } from './rent-cap.ts';
import { Skill, SkillLevel, SkillLevels } from './skills.ts';

/** `GET /v1/housing-forms`. */
export const HousingForms = HousingCatalogue.extend({
  rentCaps: z.array(RentCap).describe('Up to which rent a home is suitably allocated, by age'),
}).meta({ id: 'HousingForms', example: housingForms });
export type HousingForms = z.infer<typeof HousingForms>;

/** `PUT …/skills`: replaces what was known of them. */
export const SkillsBody = z
  .strictObject({ levels: SkillLevels.describe('A skill that is left out is not known') })
  .meta({ id: 'Skills', example: { levels: { 'living-skills': 2, 'handling-money': 1 } } });
export type SkillsBody = z.infer<typeof SkillsBody>;

/** `POST …/housing-training`: which skills the person wants to train. */
export const HousingTrainingBody = z
  .strictObject({ skills: z.array(Skill).min(1).max(Skill.options.length) })
  .meta({ id: 'BeginHousingTraining', example: { skills: ['handling-money'] } });
export type HousingTrainingBody = z.infer<typeof HousingTrainingBody>;

/** `PUT …/housing-wish`: which form the person wishes for. */
export const HousingWishBody = z
  .strictObject({
    housingForm: HousingFormId.nullable().describe('Code in the catalogue; null: none of them in particular'),
  })
  .meta({ id: 'HousingWish', example: { housingForm: 'own-home' } });
export type HousingWishBody = z.infer<typeof HousingWishBody>;

const Sentence = z.string().describe('The same for people, in the language asked for');

export const HousingStepView = z
  .object({
    kind: z
      .enum(['training', 'assessment', 'lower-rent'])
      .describe('`training`: housing training of the skill; `assessment`: the skill is not known yet'),
    skill: Skill.optional(),
    training: z
      .enum(['possible', 'running', 'done'])
      .optional()
      .describe(
        'Of a training: how it stands; `done`: it ended, and the level is not what the form asks for',
      ),
    sentence: Sentence,
  })
  .meta({ id: 'HousingStep' });

export const SkillFindingView = z
  .object({
    skill: Skill,
    asked: SkillLevel,
    has: SkillLevel.optional().describe('Left out: no level is known'),
    verdict: z.enum(['enough', 'missing', 'unknown']),
    sentence: Sentence,
  })
  .meta({ id: 'SkillFinding' });

export const RentFindingView = z
  .object({
    verdict: z.enum(['within', 'partly', 'above', 'unknown']),
    cap: z.number().optional().describe('Euro per month; left out where the age leaves more than one'),
    basis: z.string().optional(),
    unknown: z.enum(['no-birth-year', 'birthday-decides', 'no-cap']).optional(),
    sentence: Sentence,
  })
  .meta({ id: 'RentFinding' });

export const FormMatchView = z
  .object({
    housingForm: HousingFormId,
    name: z.string(),
    profile: z.string(),
    direct: z.boolean().describe('A direct own home; else a step of the ladder'),
    needsReason: z.boolean().describe('A decision for this form has to give a ladderReason'),
    wished: z.boolean(),
    fits: z.boolean(),
    supportHours: z.object({ from: z.number(), to: z.number() }),
    skills: z.array(SkillFindingView),
    rent: RentFindingView,
    next: z.array(HousingStepView).describe('What is to be done for it to fit'),
    sentence: Sentence,
  })
  .meta({ id: 'FormMatch' });

/** `GET …/housing-match`. */
export const HousingMatchView = z
  .object({
    catalogue: z.object({ id: z.string(), version: z.string() }),
    day: z.iso.date().describe('The day in Amsterdam whose forms and rent caps these are'),
    wish: z
      .object({
        housingForm: HousingFormId,
        finding: z.enum(['fits', 'not-yet', 'not-in-catalogue']),
        sentence: Sentence,
      })
      .optional(),
    advised: z
      .object({
        housingForm: HousingFormId,
        because: z.enum(['wish', 'direct-own-home']),
        sentence: Sentence,
      })
      .optional(),
    items: z.array(FormMatchView).describe('What is advised first, then what fits'),
  })
  .meta({ id: 'HousingMatch', example: housingMatch });
export type HousingMatchView = z.infer<typeof HousingMatchView>;
