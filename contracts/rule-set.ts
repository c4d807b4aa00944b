/**
 * Rule sets: every term as dated data with its basis, in layers. A national set stands alone; the sets of a region
 * and of a municipality lie over it and name only what they set otherwise. Checked once, at load.
 */
import { z } from 'zod';
import ruleSet from './examples/rule-set.json' with { type: 'json' };
import { ConcernRule } from './concern-rule.ts';
import { Municipality } from './ids.ts';
import { dated, Days, Limit, notStatutory, RuleKind, Time } from './rule-parts.ts';
import { Recipient, Track } from './vocabulary.ts';

export { Limit, RuleKind };

const rule = {
  id: z.string().regex(/^[a-z]+(\.[a-z-]+)+$/),
  limit: Limit,
  ...dated,
};

/** A rule of a national set. */
export const NationalRule = z
  .strictObject({
    ...rule,
    maximum: Limit.optional().describe(
      'What no local rule may go beyond; left out: the limit itself where the kind is statutory, else nothing',
    ),
  })
  .meta({ id: 'NationalRule' });

/** A rule of a region or a municipality, which sets what the law leaves open: it is never statutory itself. */
export const LocalRule = z
  .strictObject({
    ...rule,
    kind: RuleKind.exclude(['statutory']),
    additional: z
      .literal(true)
      .optional()
      .describe(
        'The national set has no such rule, on purpose: else an id that it does not have is a mistake',
      ),
  })
  .meta({ id: 'LocalRule' });
export type NationalRule = z.infer<typeof NationalRule>;
export type LocalRule = z.infer<typeof LocalRule>;
export type Rule = NationalRule | LocalRule;

/**
 * What a method asks for: a number, or a length of time. Nobody is late by it: it is what figures are held against, or
 * after which somebody is asked to decide.
 */
export const Norm = z
  .union([
    z.strictObject({
      id: z.enum(['cti.community-meetings', 'cti.focus-areas', 'cti.supporters', 'intake.minimum-age']),
      value: z.int().min(1).max(100),
      ...notStatutory,
    }),
    z.strictObject({
      id: z.enum([
        'cti.contact.transition',
        'cti.contact.try-out',
        'cti.contact.transfer-of-care',
        'cti.duration',
        'cti.supervision',
        'cti.case-review',
        'absence.disappearance',
        'absence.detention',
      ]),
      value: z.union([Days, Time]),
      ...notStatutory,
    }),
  ])
  .meta({ id: 'MethodNorm' });
export type Norm = z.infer<typeof Norm>;
export type NormId = Norm['id'];

const norms = z
  .array(Norm)
  .optional()
  .describe(
    'What Critical Time Intervention asks for, after which absence somebody decides, and from which age on the intake is open; one that is left out is not held against anything',
  );

const concerns = z
  .array(ConcernRule)
  .optional()
  .describe(
    'What follows from a concern, see docs/aftercare.md; of what none speaks: a line in the timeline',
  );

const PhaseOwners = z
  .partialRecord(Track, Recipient)
  .default({})
  .describe('Who is told of a passed term, by track; the case manager for a track that is not named');

const set = {
  id: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
  version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date'),
  title: z.strictObject({ nl: z.string(), en: z.string() }),
  phaseOwners: PhaseOwners,
};

const inOrder = (shares: readonly number[]): boolean =>
  shares.every((each, i) => i === 0 || shares[i - 1]! < each);

/** The whole of the terms, for a country. */
export const NationalRuleSet = z
  .strictObject({
    layer: z.literal('national'),
    ...set,
    reminderShares: z
      .array(z.number().gt(0).lt(1))
      .max(10)
      .refine(inOrder, 'must rise')
      .default([0.75])
      .describe('Shares of a term after which the party is reminded'),
    unreachableAfter: Time.describe(
      'A request that no partner accepted for so long makes its step technical',
    ),
    escalation: z.strictObject({
      directorAfter: Limit.describe('How long after the end of a term the process director is told'),
    }),
    equatedDays: z
      .array(z.strictObject({ basis: z.string().min(3), days: z.array(z.iso.date()).min(1) }))
      .default([])
      .describe('Days that a decree equates with public holidays (Algemene termijnenwet art. 3(3))'),
    rules: z.array(NationalRule).min(1),
    norms,
    concerns,
  })
  .meta({ id: 'NationalRuleSet' });
export type NationalRuleSet = z.infer<typeof NationalRuleSet>;

const local = {
  ...set,
  overlays: z.string().describe('Id of the national set over which it lies'),
  rules: z.array(LocalRule).min(1),
  norms,
  concerns,
};

export const RegionalRuleSet = z
  .strictObject({
    layer: z.literal('region'),
    region: z.string().regex(/^[a-z-]{1,40}$/, 'must be lower-case letters and hyphens, 40 at the most'),
    municipalities: z
      .array(Municipality)
      .min(1)
      .describe('The municipalities of the region; each lies in one region at the most'),
    ...local,
  })
  .meta({ id: 'RegionalRuleSet' });

export type RegionalRuleSet = z.infer<typeof RegionalRuleSet>;

export const MunicipalRuleSet = z
  .strictObject({ layer: z.literal('municipality'), municipality: Municipality, ...local })
  .meta({ id: 'MunicipalRuleSet' });
export type LocalRuleSet = RegionalRuleSet | z.infer<typeof MunicipalRuleSet>;

export const RuleSet = z
  .discriminatedUnion('layer', [NationalRuleSet, RegionalRuleSet, MunicipalRuleSet])
  .meta({ id: 'RuleSet', example: ruleSet });
export type RuleSet = z.infer<typeof RuleSet>;
