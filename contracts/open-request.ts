/** What waits on a partner, as it asks for it after an outage: codes and dates, nothing about the person. */
import { z } from 'zod';
import { Instant, Municipality, RequestId, RouteId, StepIdText } from './ids.ts';

export const OpenRequest = z
  .strictObject({
    requestId: RequestId,
    stepId: StepIdText.describe('`commitment.{party}`: you are asked to commit'),
    routeId: RouteId,
    municipality: Municipality,
    askedAt: Instant,
    taken: z
      .boolean()
      .describe(
        'Your system took the request (202). False: it is being sent until it does, with the data it needs',
      ),
    dueAt: Instant.optional(),
    basis: z.string().optional().describe('Of the date'),
  })
  .meta({ id: 'OpenRequest' });
export type OpenRequest = z.infer<typeof OpenRequest>;

export const OpenRequestList = z
  .strictObject({
    items: z.array(OpenRequest),
    unanswered: z
      .array(RouteId)
      .optional()
      .describe('Routes that wait on you, of which nobody could say at the moment for what: ask again later'),
    nextCursor: z.string().optional().describe('Opaque; left out on the last page'),
  })
  .meta({
    id: 'OpenRequestList',
    example: {
      items: [
        {
          requestId: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22:debt.first-talk:1',
          stepId: 'debt.first-talk',
          routeId: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22',
          municipality: 'GM0153',
          askedAt: '2026-11-02T09:30:00.000Z',
          taken: true,
          dueAt: '2026-11-30T09:30:00.000Z',
          basis: 'Wgs art. 4(1)',
        },
      ],
    },
  });
export type OpenRequestList = z.infer<typeof OpenRequestList>;
