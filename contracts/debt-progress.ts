/** What is told of a debt track besides the answers to its steps, and what a person begins in it. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { FreeText } from './free-text.ts';

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, faults.month.en);
const creditors = z.int().min(0).max(999);

/** Creditors' answers while an arrangement is sought; a month of repayment that was missed, or made up for. */
export const DebtProgress = z
  .discriminatedUnion('what', [
    z.strictObject({
      what: z.literal('creditors-answered'),
      asked: creditors,
      agreed: creditors,
      refused: creditors,
    }),
    z.strictObject({ what: z.literal('repayment-missed'), month: Month }),
    z.strictObject({ what: z.literal('repayment-made-up'), month: Month }),
  ])
  .refine((told) => told.what !== 'creditors-answered' || told.agreed + told.refused <= told.asked, {
    error: faults.creditors.en,
  })
  .meta({ id: 'DebtProgress', example: { what: 'repayment-missed', month: '2026-10' } });
export type DebtProgress = z.infer<typeof DebtProgress>;

/** `POST …/steps/{stepId}/begin`: a step that only a person begins. */
export const BeginStepBody = z
  .strictObject({
    reason: FreeText,
    until: z.iso
      .date()
      .optional()
      .describe('Of a cooling-off period or a moratorium: its last day; left out: as long as the law allows'),
  })
  .meta({
    id: 'BeginStep',
    example: { reason: 'Ontruiming op 1 maart; de rechter wees het toe', until: '2027-06-30' },
  });
export type BeginStepBody = z.infer<typeof BeginStepBody>;

/** Help with money beside the arrangement, as the exchange model DDAS names its kinds. */
export const Guidance = z
  .enum(['budget-management', 'protective-administration', 'budget-coaching'])
  .describe('Budgetbeheer, beschermingsbewind, budgetcoaching');
export type Guidance = z.infer<typeof Guidance>;

/** What a route shows of its debt track besides the steps. */
export const DebtView = z
  .object({
    weeksToResult: z.int().optional().describe('As told at the first talk (Wgs art. 4(3))'),
    guidance: Guidance.optional(),
    creditors: z.object({ asked: z.int(), agreed: z.int(), refused: z.int() }).optional(),
    admittedOn: z.iso.date().optional().describe('Day of the ruling that admitted to the statutory scheme'),
    repayment: z
      .object({
        countedFrom: z.iso
          .date()
          .describe('The first repayment: in the statutory scheme too, no repaid day is lost (Fw art. 349a)'),
        until: z.iso.date(),
        missedMonths: z.array(z.string()).describe('YYYY-MM, not made up for yet'),
      })
      .optional(),
    sentences: z.array(z.string()).describe('The same for people, in the language asked for'),
  })
  .meta({ id: 'DebtTrackView' });
export type DebtView = z.infer<typeof DebtView>;
