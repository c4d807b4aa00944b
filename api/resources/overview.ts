/** How the open routes of a municipality stand, at a glance. */
import { z } from 'zod';
import { Overview, type Figure } from '../../contracts/figures.ts';
import { smallestCount } from '../../contracts/home-promise-report.ts';
import { Municipality } from '../../contracts/ids.ts';
import { Health, Party, Stage } from '../../contracts/vocabulary.ts';
import { tellable } from '../../domain/figures/keep-back.ts';
import { cell } from '../../domain/figures/tally.ts';
import { mayReach } from '../access.ts';
import type { Gateway } from '../gateway.ts';
import { operation, viaServer } from '../operation.ts';
import { figureOf, placeOf } from './figures.ts';
import { lookers } from './parts.ts';

export const getOverview = operation({
  method: 'get',
  path: '/overview',
  operationId: 'getOverview',
  summary: 'Counts the open routes by stage, by health and by whom they wait on',
  tag: 'routes',
  roles: [...lookers, 'policy'],
  query: z.strictObject({
    municipality: Municipality.optional().describe('Left out: that of the token, or all of them'),
  }),
  responses: {
    200: {
      description:
        'The figures, some seconds old. To who sees figures alone small ones are suppressed, and those of all ' +
        'municipalities together rounded to fives: else that of one could be reckoned from them',
      schema: Overview,
    },
  },
  problems: viaServer,
  async handle({ caller, query, deps: { gateway, now } }) {
    const { municipality = caller.municipality } = query;
    // Somebody else's municipality looks like one that has no routes.
    const isSeen = !municipality || mayReach(caller, municipality);
    const { cells, countedAt } = isSeen
      ? await countsOf(gateway, municipality)
      : { cells: new Map<string, number>(), countedAt: now() };
    const figure = caller.role === 'policy' ? toldOf(cells, municipality) : fullOf(cells);
    return { status: 200, body: overviewOf({ municipality, countedAt, figure }) };
  },
});

type Cells = ReadonlyMap<string, number>;
/** A figure by the name of its cell. */
type Figures = (name: string) => Figure;

const fullOf =
  (cells: Cells): Figures =>
  (name) => ({ count: cells.get(name) ?? 0 });

/** As it may be told to who sees figures alone. */
function toldOf(cells: Cells, municipality: string | undefined): Figures {
  const told = tellable(new Map([[placeOf(municipality), cells]]), smallestCount);
  return (name) => {
    const count = told(placeOf(municipality), name);
    return figureOf(municipality ? count : count && smallestCount * Math.round(count / smallestCount));
  };
}

/** Each route is in one stage: these add up to all of them. */
async function countsOf(
  gateway: Gateway,
  municipality: string | undefined,
): Promise<{ cells: Cells; countedAt: string }> {
  const asked = [
    ...Stage.options.map((stage) => ({ name: cell.stage(stage), filter: { stage } })),
    ...Health.options.map((health) => ({ name: cell.health(health), filter: { health } })),
    ...Party.options.map((waitingOn) => ({ name: cell.waiting(waitingOn), filter: { waitingOn } })),
  ];
  const filters = asked.map(({ filter }) => ({ ...filter, ...(municipality && { municipality }) }));
  const { counts, countedAt } = await gateway.countOpen(filters);
  const total = counts.slice(0, Stage.options.length).reduce((sum, count) => sum + count, 0);
  const named = asked.map(({ name }, i) => [name, counts[i]!] as const);
  return { cells: new Map([[cell.total, total], ...named]), countedAt };
}

function overviewOf({
  municipality,
  countedAt,
  figure,
}: {
  municipality: string | undefined;
  countedAt: string;
  figure: Figures;
}): Overview {
  return {
    ...(municipality && { municipality }),
    countedAt,
    total: figure(cell.total),
    stages: Stage.options.map((stage) => ({ stage, ...figure(cell.stage(stage)) })),
    health: Health.options.map((health) => ({ health, ...figure(cell.health(health)) })),
    waitingOn: Party.options.map((party) => ({ party, ...figure(cell.waiting(party)) })),
  };
}
