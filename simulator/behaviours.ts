/** How the partners behave: a list of rules, set per run, of which the most specific one holds for a request. */
import { z } from 'zod';
import { RouteId, StepIdText } from '../contracts/ids.ts';
import { OfferMadeData, StepRefusedData, StepResult } from '../contracts/partner-event.ts';
import { PartnerParty } from '../contracts/vocabulary.ts';

export const Mode = z.enum([
  'normal',
  'slow',
  'refusing',
  'silent',
  'down',
  'rejecting',
  'duplicate',
  'out-of-order',
  'breaking',
]);
export type Mode = z.infer<typeof Mode>;

export const Behaviour = z.strictObject({
  routeId: RouteId.optional(),
  party: PartnerParty.optional(),
  stepId: StepIdText.optional(),
  attempt: z.int().positive().optional(),
  mode: Mode,
  delayMs: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe('How long the partner takes; a timer holds little more'),
  result: StepResult.optional().describe('In place of the usual result'),
  offer: OfferMadeData.pick({ area: true, housingForm: true, lease: true, monthlyRent: true })
    .partial()
    .optional()
    .describe('In place of what the usual home has; for housing.offer'),
  reason: StepRefusedData.shape.reason.optional().describe('Why it refuses; for refusing'),
  how: z.enum(['reset', '503']).optional().describe('What a caller sees of down; 503 when left out'),
});
export type Behaviour = z.infer<typeof Behaviour>;

export const Behaviours = z.array(Behaviour).max(10_000);

/** What a rule is matched on. */
export interface Asked {
  readonly requestId: string;
  readonly routeId: string;
  readonly party: PartnerParty;
  readonly stepId: string;
  /** What the request told. */
  readonly request?: { readonly data: Readonly<Record<string, unknown>> };
}

/**
 * The behaviour for a request: of the rules that fit, the one that names most of route, party, step and attempt;
 * of equals the earlier one; without any, `normal`.
 */
export function behaviourFor(rules: readonly Behaviour[], asked: Asked): Behaviour {
  const fitting = rules.filter((rule) => fits(rule, asked));
  return (
    fitting.reduce<Behaviour | undefined>(
      (best, rule) => (best && named(best) >= named(rule) ? best : rule),
      undefined,
    ) ?? { mode: 'normal' }
  );
}

function fits(rule: Behaviour, { requestId, routeId, party, stepId }: Asked): boolean {
  return (
    (rule.routeId ?? routeId) === routeId &&
    (rule.party ?? party) === party &&
    (rule.stepId ?? stepId) === stepId &&
    (rule.attempt === undefined || rule.attempt === Number(requestId.split(':')[2]))
  );
}

function named({ routeId, party, stepId, attempt }: Behaviour): number {
  return [routeId, party, stepId, attempt].filter((selector) => selector !== undefined).length;
}

/** A partner that is silent or down sends no news until its rule changes. */
export function sendsNothing({ mode }: Behaviour): boolean {
  return mode === 'silent' || mode === 'down';
}
