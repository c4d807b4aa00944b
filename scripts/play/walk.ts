/** Walks a route of a scenario through its months: from one moment at which something happens to the next. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RouteView, TimelineEntry } from '../../contracts/views.ts';
import { mayPass } from '../scenario/api-client.ts';
import { behaviourSetter } from '../scenario/behaviours.ts';
import { findingsAt, findingsAtEnd, momentsToLook, type Finding } from '../scenario/expect.ts';
import { makeDue, type Found } from '../scenario/moves.ts';
import { movesOf, type Scenario } from '../scenario/scenario.ts';
import type { Later } from '../scenario/span.ts';
import { stageOf } from '../scenario/stage.ts';
import { isUnsettled, momentsAhead } from './ahead.ts';
import { Owner } from './reader.ts';
import type { World } from './world.ts';

/** Within so long, on the clock of the wall, whoever is to answer at once has answered. */
const answeredWithinMs = 60_000;
const lookEveryMs = 50;
const againAfterMs = 500;
/** When nobody does anything any more, so long is waited for what the calendar still brings: the last escalation. */
const quietFor = 'P2M';

/** What the route was at one moment. */
export interface Look {
  readonly at: string;
  readonly route: RouteView;
}

export interface Walked {
  readonly route: RouteView;
  readonly looks: readonly Look[];
  readonly findings: readonly Finding[];
  /** What people did that the route refused. */
  readonly refused: readonly string[];
  /** `still`: nobody does anything any more; `until`: the scenario ends here. */
  readonly why: 'closed' | 'still' | 'until' | 'stopped';
}

export interface WalkOptions {
  readonly scenario: Scenario;
  readonly world: World;
  readonly later: Later;
  /** Told what is new in the timeline, in order. */
  readonly tell: (entries: readonly TimelineEntry[], route: RouteView) => void;
  /** Shows that work goes on. */
  readonly during: <T>(towards: string, work: Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/**
 * Plays a scenario to its end.
 * @throws Error when somebody who is to answer at once does not
 */
export async function walk({ scenario, world, later, tell, during, signal }: WalkOptions): Promise<Walked> {
  const { start, partners, expect = {}, name } = scenario;
  const { municipality, caseManager: subject } = start;
  const owner = new Owner(municipality);
  const apiOf = (of: string) => world.apiFor({ role: 'case-manager', subject }, of);
  const { routeId } = await answered(() => apiOf(municipality).start(start, `play-${name}`));
  const { answering } = world;
  const behave = await behaviourSetter(world.partnersUrl, answering);
  await behave(scenario, routeId);
  if (start.person) await world.begun?.(routeId);
  const refused: string[] = [];
  const stage = stageOf({
    routeId,
    partnersUrl: world.partnersUrl,
    keyPrefix: `play-${name}-`,
    apiFor: (by = { role: 'case-manager', subject }) =>
      world.apiFor(by, by.municipality ?? owner.municipality),
    tell: world.tell,
    ...(world.heard && { heard: world.heard }),
    onRefused: (key, why) => refused.push(`${key}: ${why}`),
  });
  const made = new Set<string>();
  const told = new Map<string, TimelineEntry>();
  const looks: Look[] = [];
  const found = new Map<number, Finding[]>();
  let quietUntil: string | undefined;
  let busySince = Date.now();

  let items: readonly TimelineEntry[] = [];
  let seenAt: string | undefined;
  async function look(): Promise<Found> {
    const route = await answered(() => owner.route(routeId, apiOf));
    // Most looks find what the one before found: those cost half as much.
    if (route.changedAt === seenAt && !route.closedAt) return { route, items };
    seenAt = route.changedAt;
    ({ items } = await answered(() => apiOf(owner.municipality).timeline(routeId)));
    const fresh = items.filter((entry) => !told.has(nameOf(entry)));
    for (const entry of fresh) told.set(nameOf(entry), entry);
    if (fresh.some(({ what }) => what !== 'home-promise-signalled')) quietUntil = undefined;
    tell(fresh, route);
    return { route, items };
  }
  const ended = (route: RouteView, why: Walked['why']): Walked => {
    for (const i of (expect.at ?? []).keys()) if (!found.has(i)) found.set(i, findingsAt(expect, i, route));
    const atEnd = findingsAtEnd(expect, { route, timeline: [...told.values()], later });
    return { route, looks, findings: [...[...found.values()].flat(), ...atEnd], refused, why };
  };

  for (;;) {
    const now = await world.now();
    const seen = await look();
    const { route } = seen;
    if (signal.aborted) return ended(route, 'stopped');
    looks.push({ at: now, route });
    if (route.closedAt) return ended(route, 'closed');
    const { acted, next } = await makeDue(movesOf(scenario, seen, { later, answering }), {
      now,
      made,
      stage,
    });
    if (acted || isUnsettled(route, { now, made, partners })) {
      if (Date.now() - busySince > answeredWithinMs) throw new Error(noAnswer(route));
      await sleep(lookEveryMs);
      continue;
    }
    busySince = Date.now();
    const dates = momentsToLook(expect, route, later);
    for (const [i, at] of dates.entries())
      if (at <= now && !found.has(i)) found.set(i, findingsAt(expect, i, route));
    const end = later(route.startedAt, scenario.until);
    if (now >= end) return ended(route, 'until');
    const ahead = [...next, ...momentsAhead(route, now), ...dates].filter((at) => at > now);
    if (ahead.length > 0) quietUntil = undefined;
    else if (quietUntil !== undefined && now >= quietUntil) return ended(route, 'still');
    else quietUntil ??= later(now, quietFor);
    const moment = [...ahead, ...(quietUntil ? [quietUntil] : []), end].sort()[0]!;
    await during(moment, world.passTo(moment));
    busySince = Date.now();
  }
}

const nameOf = ({ at, what, by, stepId, attempt, sentence }: TimelineEntry): string =>
  [at, what, by, stepId, attempt, sentence].join(' ');

/** A busy machine may not answer in time: asked again, as anybody would. */
async function answered<T>(call: () => Promise<T>): Promise<T> {
  const end = Date.now() + answeredWithinMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!mayPass(error) || Date.now() > end) throw error;
      await sleep(againAfterMs);
    }
  }
}

function noAnswer({ waits }: RouteView): string {
  const open = waits
    .map(({ stepId, blocker, waitingOn }) => `${stepId ?? blocker} (${waitingOn})`)
    .join(', ');
  return `Nobody has answered for ${answeredWithinMs / 1000} s: ${open || 'nothing is waited for'}`;
}
