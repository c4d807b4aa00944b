/** What a region is told each week: figures over the open routes of its municipalities. Nothing about anybody. */
import { z } from 'zod';
import regionFigures from './examples/region-figures.json' with { type: 'json' };
import { Overview } from './figures.ts';
import { Instant, Municipality } from './ids.ts';
import { AgreementsReport, DeadlocksReport } from './route-reports.ts';

/** The region, or one of its municipalities. */
export const RegionItem = Overview.omit({ countedAt: true, municipality: true })
  .extend({
    municipality: Municipality.optional().describe('Left out: the whole region'),
    deadlocks: DeadlocksReport.shape.items.element.shape.deadlocks,
  })
  .strict();
export type RegionItem = z.infer<typeof RegionItem>;

/** `POST /notifications` of the service that brings notices, with `Idempotency-Key: region-figures:{region}:{week}`. */
export const RegionFigures = z
  .strictObject({
    kind: z.literal('region-figures'),
    to: z.literal('policy'),
    recipient: z.string().describe('The region'),
    week: z.iso.date().describe('The Monday of the week'),
    countedAt: Instant,
    items: z.array(RegionItem).describe('The region first, then each of its municipalities that has routes'),
    agreedHomes: z
      .array(AgreementsReport.shape.items.element.omit({ region: true }))
      .describe('By year and municipality'),
    sentence: z.string().describe('What it is about, in Dutch'),
  })
  .meta({ id: 'RegionFigures', example: regionFigures });
export type RegionFigures = z.infer<typeof RegionFigures>;
