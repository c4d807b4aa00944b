/** The kill loop: routes start one after another, parts die and come back, until every cell of the matrix was met. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Parts } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { choose, seeded, unfilled, worthNow } from './aim.ts';
import type { Case, Caseload } from './caseload.ts';
import { allCells, cellOf, hitsAt, type Kill, type PartName } from './matrix.ts';

export interface CampaignOptions {
  readonly parts: Parts;
  readonly caseload: Caseload;
  readonly seed: number;
  /** No kill and no start after so long, whatever is still unmet. */
  readonly withinMs: number;
  /** No more kills than this. */
  readonly maxKills: number;
  readonly startEveryMs: number;
  readonly maxUnderWay: number;
  readonly say: (line: string) => void;
}

const settleMs = 2000; // between the return of one part and the next kill, so that the routes get somewhere
const seenAgainWithinMs = 60_000; // a route that is not seen by then shows in the verdict

/** Kills and restarts until every cell was met, or the time or the kills are used up. */
export async function campaign({ parts, caseload, say, ...options }: CampaignOptions): Promise<Kill[]> {
  const began = Date.now();
  const random = seeded(options.seed);
  const filled = new Set<string>();
  const kills: Kill[] = [];
  const isOver = () =>
    filled.size === allCells.length ||
    kills.length >= options.maxKills ||
    Date.now() - began > options.withinMs;
  const failures: unknown[] = [];
  const starting = keepStarting(caseload, options, isOver).catch((error: unknown) => {
    failures.push(error);
  });
  while (!isOver() && failures.length === 0) {
    const since = Date.now();
    await sleep(settleMs);
    const part = await aimed(() => worthNow(caseload.all, filled), since, random, isOver);
    if (!part) break;
    const before = filled.size;
    const { kill, met } = await strike(parts, part, caseload, say);
    kills.push(kill);
    for (const cell of met) filled.add(cell);
    say(
      `kill ${kills.length} ${part}: ${caseload.underWay().length} routes under way, back in ${kill.readyAt - kill.at} ms, ` +
        `${filled.size - before} new of ${met.size} cells; ${filled.size} of ${allCells.length}`,
    );
  }
  await starting;
  if (failures.length > 0) throw failures[0];
  if (unfilled(filled).length > 0) say(`not met: ${unfilled(filled).length} cells`);
  return kills;
}

async function keepStarting(
  caseload: Caseload,
  options: Pick<CampaignOptions, 'startEveryMs' | 'maxUnderWay'>,
  isOver: () => boolean,
) {
  while (!isOver()) {
    if (caseload.underWay().length < options.maxUnderWay) await caseload.begin();
    await sleep(options.startEveryMs);
  }
}

async function aimed(
  worth: () => ReadonlyMap<PartName, number>,
  since: number,
  random: () => number,
  isOver: () => boolean,
): Promise<PartName | undefined> {
  for (;;) {
    const part = choose(worth(), Date.now() - since - settleMs, random);
    if (part || isOver()) return part;
    await sleep(50);
  }
}

/** Kills and restarts one part; ends when every route that was under way could be looked at again. */
async function strike(parts: Parts, part: PartName, caseload: Caseload, say: (line: string) => void) {
  const recently = (route: Case) =>
    !route.view.closedAt || Date.now() - Date.parse(route.view.closedAt) < 5000;
  const struck = caseload.all.filter(recently);
  const at = Date.now();
  await parts[part].kill();
  await parts[part].start();
  const kill: Kill = { part, at, readyAt: Date.now() };
  const seen = ({ seenAt, view }: Case) => seenAt > kill.readyAt || view.closedAt !== undefined;
  await until('every route is seen again', () => struck.every(seen), seenAgainWithinMs).catch(() =>
    say(
      `${struck
        .filter((route) => !seen(route))
        .map(({ routeId }) => routeId)
        .join(', ')} not seen again`,
    ),
  );
  const met = new Set(struck.flatMap(({ view }) => hitsAt(view, at).map((hit) => cellOf(part, hit))));
  return { kill, met };
}
