/** What goes out to a partner: `POST {base}/requests` with `Idempotency-Key: {requestId}`; expected answer 202. */
import { z } from 'zod';
import { Instant, Municipality, RequestId, RouteId, StepIdText } from './ids.ts';

export const PartnerRequest = z
  .strictObject({
    requestId: RequestId,
    stepId: StepIdText,
    routeId: RouteId,
    municipality: Municipality,
    dueAt: Instant,
    basis: z.string(),
    data: z.record(z.string(), z.unknown()).describe('The least data that the step needs'),
    replyTo: z.url(),
  })
  .meta({ id: 'PartnerRequest' });
export type PartnerRequest = z.infer<typeof PartnerRequest>;

/** `POST {base}/releases`: withdraws a request. */
export const PartnerRelease = z.strictObject({ requestId: RequestId }).meta({ id: 'PartnerRelease' });
export type PartnerRelease = z.infer<typeof PartnerRelease>;
