/** The report of where open routes stand still: on whom, why, and for how long. Comparable between municipalities. */
import { z } from 'zod';
import { faults } from '../../contracts/faults.ts';
import { BottlenecksReport, StageAge, type Figure } from '../../contracts/figures.ts';
import { smallestCount } from '../../contracts/home-promise-report.ts';
import { Municipality } from '../../contracts/ids.ts';
import { Blocker, Party, Stage } from '../../contracts/vocabulary.ts';
import type { Told } from '../../domain/figures/keep-back.ts';
import { cell } from '../../domain/figures/tally.ts';
import { municipalitiesOf } from '../../domain/rules.ts';
import { mayReach, type Caller } from '../access.ts';
import type { OperationDeps } from '../deps.ts';
import { operation, viaServer } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { figureOf, figuresToTell, placeOf } from './figures.ts';
import { counters } from './reports.ts';

const most = 50;

const Query = z.strictObject({
  municipality: z
    .union([Municipality, z.array(Municipality).max(most)])
    .optional()
    .describe(`One or more, at most ${most}; left out: that of the token, or all of them together`),
  region: z
    .string()
    .regex(/^[a-z-]{1,40}$/, faults.region.en)
    .optional()
    .describe('Its municipalities, each by itself'),
});

export const reportBottlenecks = operation({
  method: 'get',
  path: '/reports/bottlenecks',
  operationId: 'reportBottlenecks',
  summary:
    'Counts the open routes by whom they wait on, by what blocks them, and by how long they are in a stage',
  tag: 'reports',
  roles: counters,
  query: Query,
  responses: {
    200: {
      description: `The figures, at most five minutes old; those under ${smallestCount} are kept back`,
      schema: BottlenecksReport,
      csv: { example: csvOf(BottlenecksReport.meta()!.example as BottlenecksReport) },
    },
  },
  problems: viaServer,
  async handle({ caller, query, deps }) {
    const municipalities = asked(query, caller, deps);
    const { told, countedAt } = await figuresToTell(deps.gateway);
    const items = municipalities.map((municipality) => {
      // Somebody else's municipality looks like one of which there is nothing to tell.
      const isSeen = !municipality || mayReach(caller, municipality);
      return itemOf(municipality, isSeen ? told : () => undefined);
    });
    const body: BottlenecksReport = { countedAt, items };
    return { status: 200, body, csv: csvOf(body) };
  },
});

/** @throws ApiProblem invalid-input for a region that no rule set knows */
function asked(
  { municipality, region }: z.output<typeof Query>,
  caller: Caller,
  { ruleBook }: OperationDeps,
): (string | undefined)[] {
  const ofRegion = region === undefined ? [] : municipalitiesOf(ruleBook, region);
  if (region !== undefined && ofRegion.length === 0)
    throw invalidInput([
      { in: 'query', location: 'region', code: 'not-valid', detail: faults.unknownRegion },
    ]);
  const named = [...(municipality === undefined ? [] : [municipality].flat()), ...ofRegion];
  return named.length > 0 ? [...new Set(named)] : [caller.municipality];
}

type Item = BottlenecksReport['items'][number];

function itemOf(municipality: string | undefined, told: Told): Item {
  const figure = (name: string): Figure => figureOf(told(placeOf(municipality), name));
  return {
    ...(municipality && { municipality }),
    waitingOn: Party.options.map((party) => ({
      party,
      waiting: figure(cell.waiting(party)),
      overdue: figure(cell.overdue(party)),
    })),
    blockers: Blocker.options.map((blocker) => ({ blocker, ...figure(cell.blocker(blocker)) })),
    stages: Stage.options.flatMap((stage) =>
      StageAge.options.map((since) => ({ stage, since, ...figure(cell.age(stage, since)) })),
    ),
  };
}

/** RFC 4180. Codes and numbers alone: nothing that would need quotes. */
function csvOf({ items }: BottlenecksReport): string {
  const rows = items.flatMap(({ municipality = '', waitingOn, blockers, stages }) => {
    const row = (of: string, value: string, detail: string, { count, suppressed }: Figure) =>
      [municipality, of, value, detail, count ?? '', suppressed ?? false].join(',');
    return [
      ...waitingOn.flatMap(({ party, waiting, overdue }) => [
        row('waiting-on', party, 'waiting', waiting),
        row('waiting-on', party, 'overdue', overdue),
      ]),
      ...blockers.map(({ blocker, ...figure }) => row('blocker', blocker, '', figure)),
      ...stages.map(({ stage, since, ...figure }) => row('stage', stage, since, figure)),
    ];
  });
  return ['municipality,of,value,detail,count,suppressed', ...rows, ''].join('\r\n');
}
