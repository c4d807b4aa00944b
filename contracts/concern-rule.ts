/** Rules that weigh a concern, as a rule set has them: what follows from which, how far a route is, and how often. */
import { z } from 'zod';
import { ConcernFollows, ConcernKind } from './concern.ts';
import { StepIdText } from './ids.ts';
import { Days, notStatutory, Time } from './rule-parts.ts';
import { Stage } from './vocabulary.ts';

export const ConcernRule = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z]+([.-][a-z]+)*$/)
      .describe('A region or municipality replaces the national rule of the same id'),
    concern: ConcernKind,
    stages: z
      .array(Stage.exclude(['closed']))
      .min(1)
      .optional()
      .describe('Left out: at every stage'),
    times: z.int().min(2).max(3).optional().describe('From the second, or the third, of its kind on'),
    within: z.union([Days, Time]).optional().describe('How long a concern counts towards `times`'),
    follows: ConcernFollows,
    term: z
      .string()
      .optional()
      .describe('Id of the rule that says until when; a note without one stands in the timeline alone'),
    reopens: StepIdText.optional().describe('Of `reopen`: the first step to be done anew'),
    ...notStatutory,
  })
  .refine(({ times, within }) => (times === undefined) === (within === undefined), {
    path: ['within'],
    error: 'goes together with times',
  })
  .refine(({ follows, reopens }) => (follows === 'reopen') === (reopens !== undefined), {
    path: ['reopens'],
    error: 'goes together with follows: reopen',
  })
  .refine(({ follows, term }) => follows !== 'crisis-contact' || term !== undefined, {
    path: ['term'],
    error: 'is needed with crisis-contact',
  })
  .meta({ id: 'ConcernRule' });
export type ConcernRule = z.infer<typeof ConcernRule>;
