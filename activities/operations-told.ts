/**
 * Tells owners in the morning which of their routes stand still, and regions each week how their routes stand. What is told
 * is read anew at each attempt, from the store's lists alone, and kept nowhere: an attempt gives back numbers, and who could
 * not be told yet.
 */
import { heartbeat } from '@temporalio/activity';
import type { StuckDigest } from '../contracts/digest.ts';
import { smallestCount } from '../contracts/home-promise-report.ts';
import type { RegionFigures } from '../contracts/region-figures.ts';
import { DeadlockStatus } from '../contracts/route-reports.ts';
import { Health, Party, Stage } from '../contracts/vocabulary.ts';
import { isWorkingDay, localDay } from '../domain/calendar.ts';
import { utilisation } from '../domain/housing-agreement/views.ts';
import { dayText } from '../domain/operations/digest-texts.ts';
import { digestKey, digestsOf, ownerKey } from '../domain/operations/digest.ts';
import {
  figureOf,
  mondayOf,
  regionFiguresKey,
  regionItems,
  type Countable,
  type Region,
} from '../domain/operations/region-figures.ts';
import type { AgreementState } from '../domain/housing-agreement/state.ts';
import { stuckOf, type EscalationRules, type OpenRoute } from '../domain/operations/stuck.ts';
import { typed } from './partner.ts';
import { tellEach, type Told } from './tell-each.ts';

export type { AgreementState };

/** What these need from outside. */
export interface ToldPorts {
  /** The rules that hold on a day: when process directors are told, which days are holidays, and which regions there are. */
  readonly rules: (at: string) => Promise<EscalationRules & { readonly regions: readonly Region[] }>;
  /** The open routes that may stand still, page by page; one that comes twice is as it came last. */
  readonly routesToLookAt: (now: string) => AsyncIterable<readonly OpenRoute[]>;
  /** All open routes, page by page. */
  readonly openRoutes: () => AsyncIterable<readonly Countable[]>;
  /** The housing agreements of all regions. */
  readonly agreements: () => Promise<readonly AgreementState[]>;
  /** Tells somebody; told twice under one key is told once. @throws PartnerFailed */
  readonly tell: (message: (StuckDigest | RegionFigures) & { readonly key: string }) => Promise<void>;
  /** Where a route is looked at. */
  readonly linkOf: (routeId: string) => string;
}

/** @param only - who is to be told, where others were told before; left out: everybody */
export interface Telling {
  /** Now: ISO 8601, UTC. */
  readonly at: string;
  readonly only?: readonly string[];
}

/** What became of an attempt to tell everybody. */
export type ToldOn = Told & {
  /** The day, or the Monday of the week. */
  readonly day: string;
  /** Nobody is told today. */
  readonly isHoliday?: true;
  /** How many routes it is about. */
  readonly routes: number;
};

export interface ToldActivities {
  readonly 'digest.tell': (telling: Telling) => Promise<ToldOn>;
  readonly 'region-figures.tell': (telling: Telling) => Promise<ToldOn>;
}

const nobody: Told = { all: 0, told: 0, waiting: [], refused: [] };

/** The activities over their ports, named as operations read them in the Temporal UI. */
export function createToldActivities(ports: ToldPorts): ToldActivities {
  return {
    'digest.tell': (telling) => typed(() => tellDigests(telling, ports)),
    'region-figures.tell': (telling) => typed(() => tellRegions(telling, ports)),
  };
}

async function tellDigests({ at, only }: Telling, ports: ToldPorts): Promise<ToldOn> {
  const rules = await ports.rules(at);
  const day = localDay(at, rules.calendar);
  if (!isWorkingDay(day, rules.calendar)) return { ...nobody, day, isHoliday: true, routes: 0 };
  const routes = new Map<string, OpenRoute>();
  for await (const page of ports.routesToLookAt(at)) {
    for (const route of page) routes.set(route.routeId, route);
    heartbeat({ read: routes.size });
  }
  const stuck = [...routes.values()].flatMap((route) => stuckOf(route, at, rules) ?? []);
  const digests = digestsOf(stuck, { day, linkOf: ports.linkOf });
  const told = await tellEach(digests, only, {
    nameOf: ownerKey,
    tell: (digest) => ports.tell({ key: digestKey(digest), ...digest }),
  });
  return { ...told, day, routes: stuck.length };
}

const codes = {
  stages: Stage.options,
  health: Health.options,
  parties: Party.options,
  deadlockStatuses: DeadlockStatus.options,
  smallestCount,
};

async function tellRegions({ at, only }: Telling, ports: ToldPorts): Promise<ToldOn> {
  const { regions, calendar } = await ports.rules(at);
  const week = mondayOf(localDay(at, calendar));
  const routes = new Map<string, Countable>();
  for await (const page of ports.openRoutes()) {
    for (const route of page) routes.set(route.routeId, route);
    heartbeat({ read: routes.size });
  }
  const all = [...routes.values()];
  const agreements = await ports.agreements();
  const messages: RegionFigures[] = [];
  for (const region of regions) {
    const agreedHomes = agreedHomesOf(agreements.filter((each) => each.region === region.region));
    const items = regionItems(region, all, at, codes);
    // A region of which there is nothing to tell is told nothing.
    if (items.length > 1 || agreedHomes.length > 0)
      messages.push({
        kind: 'region-figures',
        to: 'policy',
        recipient: region.region,
        week,
        countedAt: at,
        items,
        agreedHomes,
        sentence:
          `De open routes van de regio op ${dayText(at)}, per gemeente, en de afgesproken woningen. ` +
          `Cijfers onder ${smallestCount}, en waaruit die zijn af te leiden, blijven weg.`,
      });
  }
  const told = await tellEach(messages, only, {
    nameOf: ({ recipient }) => recipient,
    tell: (message) => ports.tell({ key: regionFiguresKey(message), ...message }),
  });
  return { ...told, day: week, routes: all.length };
}

function agreedHomesOf(agreements: readonly AgreementState[]): RegionFigures['agreedHomes'] {
  const small = (count: number) => figureOf(count < smallestCount ? undefined : count);
  return agreements.flatMap((state) =>
    utilisation(state).byMunicipality.map(({ municipality, agreed, reserved, realised }) => ({
      year: state.year,
      municipality,
      agreed,
      reserved: small(reserved),
      realised: small(realised),
    })),
  );
}
