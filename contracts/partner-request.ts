/** What goes out to a partner: `POST {base}/requests` with `Idempotency-Key: {requestId}`; expected answer 202. */
import { z } from 'zod';
import { Instant, Municipality, RequestId, RouteId, StepIdText } from './ids.ts';

/** Which rule of which set gave the date; left out where it comes from no rule set. `basis` says it in words. */
const DateSource = z.object({
  rule: z.string().optional(),
  ruleSet: z.string().optional(),
  version: z.string().optional(),
});

export const PartnerRequest = z
  .strictObject({
    requestId: RequestId,
    stepId: StepIdText,
    routeId: RouteId,
    municipality: Municipality,
    objectsTo: RequestId.optional().describe(
      'It is an objection (bezwaar): to the refusal of this earlier request. The written one comes of the person',
    ),
    dueAt: Instant,
    basis: z.string(),
    ...DateSource.shape,
    data: z.record(z.string(), z.unknown()).describe('The least data that the step needs'),
    replyTo: z.url(),
  })
  .meta({ id: 'PartnerRequest' });
export type PartnerRequest = z.infer<typeof PartnerRequest>;

/** `POST {base}/releases`: withdraws a request. */
export const PartnerRelease = z.strictObject({ requestId: RequestId }).meta({ id: 'PartnerRelease' });
export type PartnerRelease = z.infer<typeof PartnerRelease>;
