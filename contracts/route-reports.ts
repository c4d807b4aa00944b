/** Reports on what was missed before, on deadlocks and on agreed homes. Figures, and nothing about anybody. */
import { z } from 'zod';
import agreementsReport from './examples/agreements-report.json' with { type: 'json' };
import deadlocksReport from './examples/deadlocks-report.json' with { type: 'json' };
import missedSignalsReport from './examples/missed-signals-report.json' with { type: 'json' };
import { Figure } from './figures.ts';
import { Instant, Municipality } from './ids.ts';
import { MissedSignalCode, SignalBefore, SignalParty } from './missed-signals.ts';

const about = { municipality: Municipality.optional().describe('Left out: all municipalities together') };
const countedAt = Instant.describe('When they were counted');

/** Which signals were missed before people lost their home: for prevention. */
export const MissedSignalsReport = z
  .object({
    countedAt,
    items: z.array(
      z.object({
        ...about,
        signals: z.array(
          z.object({
            signal: MissedSignalCode,
            routes: Figure.describe('Routes before which it was missed'),
            seenBy: z
              .array(z.object({ party: SignalParty, routes: Figure }))
              .describe('Who saw it or could have seen it: those whose figure may be told'),
          }),
        ),
        before: z.array(z.object({ before: SignalBefore, routes: Figure })).describe('How long before'),
      }),
    ),
  })
  .meta({ id: 'MissedSignalsReport', example: missedSignalsReport });
export type MissedSignalsReport = z.infer<typeof MissedSignalsReport>;

export const DeadlockStatus = z
  .enum(['open', 'committed', 'broken', 'gone'])
  .describe(
    '`committed`: its parties have committed, and it is still to come true; `broken`: it did; `gone`: it went otherwise',
  );

/** Which parties wait for each other, and what became of it: the latest deadlock of each route. */
export const DeadlocksReport = z
  .object({
    countedAt,
    items: z.array(
      z.object({
        ...about,
        deadlocks: z.array(
          z.object({
            name: z.string().describe('The facts that its parties wait for'),
            statuses: z.array(z.object({ status: DeadlockStatus, routes: Figure })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'DeadlocksReport', example: deadlocksReport });
export type DeadlocksReport = z.infer<typeof DeadlocksReport>;

const places = z.int().describe('Places, as agreed: no routes');

/** Agreed against realised numbers of homes, by region, year and municipality. */
export const AgreementsReport = z
  .object({
    countedAt,
    items: z.array(
      z.object({
        region: z.string(),
        year: z.int(),
        municipality: Municipality,
        agreed: places,
        reserved: Figure,
        realised: Figure,
      }),
    ),
  })
  .meta({ id: 'AgreementsReport', example: agreementsReport });
export type AgreementsReport = z.infer<typeof AgreementsReport>;
