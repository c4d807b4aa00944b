/** The report of the homes that were promised: figures alone, nothing about anybody. */
import { z } from 'zod';
import homePromiseReport from './examples/home-promise-report.json' with { type: 'json' };
import { Instant, Municipality } from './ids.ts';
import { HomePromiseStatus } from './vocabulary.ts';

/** Figures below this are kept back: of so few people somebody might know who they are. [assumed; usual in statistics] */
export const smallestCount = 5;

export const HomePromiseReport = z
  .object({
    municipality: Municipality.optional().describe('Left out: all municipalities'),
    countedAt: Instant.describe('When they were counted'),
    items: z
      .array(
        z.object({
          status: HomePromiseStatus,
          count: z.int().nullable().describe('Routes; null when it is suppressed'),
          suppressed: z.literal(true).optional().describe(`Fewer than ${smallestCount}, none included`),
        }),
      )
      .describe('Every status, in the same order'),
  })
  .meta({ id: 'HomePromiseReport', example: homePromiseReport });
export type HomePromiseReport = z.infer<typeof HomePromiseReport>;
