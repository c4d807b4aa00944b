/**
 * The template of a target group: what it changes of the process, as data. A new group is a new file in
 * rules/target-groups, and needs no code.
 */
import { z } from 'zod';
import targetGroup from './examples/target-group.json' with { type: 'json' };
import { Fact, Origin, PartnerParty, ProcessFact, TargetGroup, Track } from './vocabulary.ts';

const Texts = z.strictObject({ nl: z.string().min(1).max(80), en: z.string().min(1).max(80) });
const RuleId = z
  .string()
  .regex(/^[a-z]+(\.[a-z-]+)+$/)
  .describe('A rule that every national set has, whose limit regions and municipalities may set otherwise');
const StepOfProcess = z.string().regex(/^[a-z]+\.[a-z-]+$/);

/** How many steps a template may add: they travel with each of its routes. */
export const extraStepsAtMost = 5;

/** A step that a partner is asked for, or a period that has to pass. */
export const ExtraStep = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(
        new RegExp(`^extra\\.(${[...PartnerParty.options, 'calendar'].join('|')})\\.[a-z]+(-[a-z]+)*$`),
        'must be extra.{party}.{name}, of a partner or of the calendar',
      ),
    track: Track.exclude(['intake', 'closure']),
    rule: RuleId,
    before: StepOfProcess.describe('The step of the process that waits for it'),
    needs: z.array(Fact).max(3).default([]).describe('What it needs before it is asked'),
    title: Texts,
  })
  .meta({ id: 'ExtraStep' });

/** What is no step of the route, and falls when a fact does not come about: student finance without an address. */
export const AtRisk = z
  .strictObject({
    id: z
      .string()
      .max(40)
      .regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words with hyphens between them'),
    fact: ProcessFact.describe('What it rests on'),
    title: Texts,
    basis: z.string().min(3).max(200).describe('Act or practice by which it does'),
  })
  .meta({ id: 'AtRisk' });

export const TargetGroupTemplate = z
  .strictObject({
    id: TargetGroup,
    version: z.iso.date(),
    title: Texts,
    basis: z.string().min(3).max(200).describe('Act, method or practice that it comes from'),
    origins: z.array(Origin).describe('Routes from there follow it where nothing else is said'),
    without: z
      .array(Track.extract(['cti', 'aftercare']))
      .default([])
      .describe('Tracks that its routes do without; nothing else rests on these two'),
    terms: z
      .record(StepOfProcess, RuleId)
      .default({})
      .describe('By step: the rule that sets its term, in place of the usual one'),
    steps: z.array(ExtraStep).max(extraStepsAtMost).default([]),
    atRisk: z
      .array(AtRisk)
      .max(3)
      .default([])
      .describe('What else its people stand to lose while a fact is missing: shown with what falls'),
  })
  .meta({ id: 'TargetGroupTemplate', example: targetGroup });
export type TargetGroupTemplate = z.infer<typeof TargetGroupTemplate>;
