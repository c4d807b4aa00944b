/**
 * A region's cooperation agreement: what each party expects before it does its part, what it may be asked to promise,
 * and how the parties decide when they wait for each other. A versioned document; a route carries the one it began under.
 */
import { z } from 'zod';
import cooperationAgreement from './examples/cooperation-agreement.json' with { type: 'json' };
import { StepIdText } from './ids.ts';
import { Limit } from './rule-set.ts';
import { Fact, PartnerParty, ProcessFact, Recipient } from './vocabulary.ts';

const Expectation = z
  .strictObject({
    step: StepIdText.describe('The step of this party that does not begin without'),
    facts: z.array(Fact).max(6),
    basis: z.string().min(3).max(200).describe('Policy, method or agreement that it follows from'),
  })
  .meta({ id: 'Expectation' });

const Promised = z
  .strictObject({
    fact: Fact,
    within: Limit.describe('How long the party has to make it true, from the day that all have promised'),
  })
  .meta({ id: 'Promised' });

const AgreedFact = z
  .strictObject({
    fact: Fact,
    title: z
      .strictObject({ nl: z.string().min(2).max(60), en: z.string().min(2).max(60) })
      .optional()
      .describe('How it is wanted, "een huurverklaring"; of a fact of its own, the process names the others'),
    yieldedBy: z.array(StepIdText).min(1).max(4),
  })
  .refine(({ fact, title }) => (title === undefined) === ProcessFact.safeParse(fact).success, {
    path: ['title'],
    error: `is for facts of the agreement itself, and they need one; the process names ${ProcessFact.options.join(', ')}`,
  })
  .meta({ id: 'AgreedFact' });

const HomePromise = z
  .strictObject({
    rule: z
      .string()
      .regex(/^[a-z]+(\.[a-z-]+)+$/)
      .describe('The rule that says within which time, from the day on which the application is granted'),
    signalEvery: Limit.describe('How often somebody hears that there is no home yet'),
    signalTo: Recipient,
    basis: z.string().min(3).max(200).describe('Agreement that it follows from'),
  })
  .describe('A suitable home within a time, promised by the region as a whole')
  .meta({ id: 'HomePromise' });
export type HomePromise = z.infer<typeof HomePromise>;

export const CooperationAgreement = z
  .strictObject({
    id: z.string().regex(/^[a-z-]{1,40}$/, 'must be lower-case letters and hyphens, 40 at the most'),
    version: z.iso.date(),
    title: z.strictObject({ nl: z.string(), en: z.string() }),
    region: z.string().regex(/^[a-z-]{1,40}$/),
    overlays: z.string().describe('Id of the national rule set with which it holds'),
    from: z.iso.date().describe('First day on which routes begin under it'),
    until: z.iso.date().optional().describe('Last day on which routes begin under it'),
    facts: z
      .array(AgreedFact)
      .max(20)
      .default([])
      .describe('Facts of its own, and those that more steps yield than the process itself says'),
    parties: z
      .array(
        z.strictObject({
          party: PartnerParty,
          expects: z.array(Expectation).default([]),
          promises: z.array(Promised).default([]),
        }),
      )
      .min(2),
    reservesPlaces: z
      .boolean()
      .default(false)
      .describe(
        'A place is reserved in the housing agreement of the region and year before a home is sought',
      ),
    homePromise: HomePromise.optional(),
    decision: z.strictObject({
      answerWithin: Limit.describe('How long the parties of an impasse have to answer whether they commit'),
      impasseTo: Recipient.describe('Who is told when they do not, or when one breaks its promise'),
      preferenceRefusals: z
        .strictObject({
          most: z.int().min(1).max(20).describe('How many refusals by preference there are before a talk'),
          to: Recipient.describe('Who is told when there have been so many'),
          basis: z.string().min(3).max(200).describe('What it follows from'),
        })
        .optional()
        .describe('Left out: there is no maximum. At it the search goes on; nobody is thrown out'),
    }),
  })
  .meta({ id: 'CooperationAgreement', example: cooperationAgreement });
export type CooperationAgreement = z.infer<typeof CooperationAgreement>;
