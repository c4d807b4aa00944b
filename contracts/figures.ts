/** Figures over open routes: how many, where they stand and on whom they wait. Nothing about anybody. */
import { z } from 'zod';
import bottlenecksReport from './examples/bottlenecks-report.json' with { type: 'json' };
import overview from './examples/overview.json' with { type: 'json' };
import { smallestCount } from './home-promise-report.ts';
import { Instant, Municipality } from './ids.ts';
import { Blocker, Health, Party, Stage } from './vocabulary.ts';

const figure = {
  count: z.int().nullable().describe('Routes; null when it is suppressed'),
  suppressed: z
    .literal(true)
    .optional()
    .describe(`Fewer than ${smallestCount}, none included, or such a figure could be reckoned from it`),
};
export const Figure = z.object(figure).meta({ id: 'Figure' });
export type Figure = z.infer<typeof Figure>;

const about = {
  municipality: Municipality.optional().describe('Left out: all municipalities together'),
};
const countedAt = Instant.describe('When they were counted');

/** How the open routes of a municipality stand. */
export const Overview = z
  .object({
    ...about,
    countedAt,
    total: Figure,
    stages: z.array(z.object({ stage: Stage, ...figure })),
    health: z.array(z.object({ health: Health, ...figure })),
    waitingOn: z
      .array(z.object({ party: Party, ...figure }))
      .describe('A route may wait on several, or on nobody'),
  })
  .meta({ id: 'Overview', example: overview });
export type Overview = z.infer<typeof Overview>;

/** For how long a route has been in its stage, in calendar months. */
export const StageAge = z.enum([
  'under-1-month',
  '1-to-3-months',
  '3-to-6-months',
  '6-to-12-months',
  'over-12-months',
]);

const bottlenecks = {
  waitingOn: z
    .array(
      z.object({
        party: Party,
        waiting: Figure.describe('Routes that wait on it, among others'),
        overdue: Figure.describe('Those of them that are overdue, on whomever'),
      }),
    )
    .describe('Every party, in the same order'),
  blockers: z.array(z.object({ blocker: Blocker, ...figure })).describe('Every blocker, in the same order'),
  stages: z
    .array(z.object({ stage: Stage, since: StageAge, ...figure }))
    .describe('Every stage, by how long routes have been in it'),
};

/** Where open routes stand still, by municipality. */
export const BottlenecksReport = z
  .object({
    countedAt,
    items: z.array(z.object({ ...about, ...bottlenecks })).describe('Each municipality that was asked for'),
  })
  .meta({ id: 'BottlenecksReport', example: bottlenecksReport });
export type BottlenecksReport = z.infer<typeof BottlenecksReport>;
