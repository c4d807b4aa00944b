/** Reports over all routes: what was missed before, which parties wait for each other, and how many homes came of agreements. */
import { z } from 'zod';
import type { Figure } from '../../contracts/figures.ts';
import { faults } from '../../contracts/faults.ts';
import { Region } from '../../contracts/housing-agreement.ts';
import { Municipality } from '../../contracts/ids.ts';
import { MissedSignalCode, SignalBefore, SignalParty } from '../../contracts/missed-signals.ts';
import { smallestCount } from '../../contracts/home-promise-report.ts';
import {
  AgreementsReport,
  DeadlocksReport,
  DeadlockStatus,
  MissedSignalsReport,
} from '../../contracts/route-reports.ts';
import { tellable, type Told } from '../../domain/figures/keep-back.ts';
import {
  deadlockNames,
  reportCell,
  tallyDeadlocks,
  tallySignals,
} from '../../domain/figures/report-tallies.ts';
import { isKnownRegion } from '../../domain/rules.ts';
import { utilisation } from '../../domain/housing-agreement/views.ts';
import { mayReach, type Caller } from '../access.ts';
import { invalidInput } from '../problems.ts';
import { operation, viaServer } from '../operation.ts';
import { figureOf, placeOf } from './figures.ts';
import { counters } from './reports.ts';

const query = z.strictObject({
  municipality: Municipality.optional().describe('Left out: that of the token, or all of them together'),
});
const look = { method: 'get', tag: 'reports', roles: counters, query } as const;
const keptBack = `those under ${smallestCount} are kept back`;
const nothing: Told = () => undefined;

/** Somebody else's municipality looks like one of which there is nothing to tell. */
const seenOf = (caller: Caller, municipality: string | undefined, told: Told): Told =>
  !municipality || mayReach(caller, municipality) ? told : nothing;

export const reportMissedSignals = operation({
  ...look,
  path: '/reports/missed-signals',
  operationId: 'reportMissedSignals',
  summary:
    'Counts which signals were missed before people lost their home, who could have seen them, and how long before',
  responses: {
    200: {
      description: `The figures; ${keptBack}`,
      schema: MissedSignalsReport,
      csv: { example: signalsCsv(MissedSignalsReport.meta()!.example as MissedSignalsReport) },
    },
  },
  problems: viaServer,
  async handle({ caller, query: { municipality = caller.municipality }, deps }) {
    const { rows, countedAt } = await deps.gateway.valuesOf('MissedSignals');
    const told = seenOf(caller, municipality, tellable(tallySignals(rows), smallestCount));
    const figure = (cell: string) => figureOf(told(placeOf(municipality), cell));
    const signals = MissedSignalCode.options.map((signal) => ({
      signal,
      routes: figure(reportCell.signal(signal)),
      seenBy: SignalParty.options
        .map((party) => ({ party, routes: figure(reportCell.seen(signal, party)) }))
        .filter(({ routes }) => !routes.suppressed),
    }));
    const before = SignalBefore.options.map((each) => ({
      before: each,
      routes: figure(reportCell.before(each)),
    }));
    const item = { ...(municipality && { municipality }), signals, before };
    const body: MissedSignalsReport = { countedAt, items: [item] };
    return { status: 200, body, csv: signalsCsv(body) };
  },
});

export const reportDeadlocks = operation({
  ...look,
  path: '/reports/deadlocks',
  operationId: 'reportDeadlocks',
  summary:
    'Counts which parties wait for each other, and what became of it: the latest deadlock of each route',
  responses: {
    200: {
      description: `The figures; ${keptBack}`,
      schema: DeadlocksReport,
      csv: { example: deadlocksCsv(DeadlocksReport.meta()!.example as DeadlocksReport) },
    },
  },
  problems: viaServer,
  async handle({ caller, query: { municipality = caller.municipality }, deps }) {
    const { rows, countedAt } = await deps.gateway.valuesOf('Deadlock');
    const told = seenOf(caller, municipality, tellable(tallyDeadlocks(rows), smallestCount));
    const deadlocks = deadlockNames(rows).map((name) => ({
      name,
      statuses: DeadlockStatus.options.map((status) => ({
        status,
        routes: figureOf(told(placeOf(municipality), reportCell.deadlock(status, name))),
      })),
    }));
    const body: DeadlocksReport = {
      countedAt,
      items: [{ ...(municipality && { municipality }), deadlocks }],
    };
    return { status: 200, body, csv: deadlocksCsv(body) };
  },
});

export const reportAgreements = operation({
  ...look,
  path: '/reports/agreements',
  operationId: 'reportAgreements',
  query: query.extend({ region: Region.optional().describe('Its agreements alone') }),
  summary: 'Compares agreed with reserved and realised homes, by region, year and municipality',
  responses: {
    200: {
      description: `The figures; of reserved and realised homes ${keptBack}`,
      schema: AgreementsReport,
      csv: { example: agreementsCsv(AgreementsReport.meta()!.example as AgreementsReport) },
    },
  },
  problems: [...viaServer, 'worker-away', 'unknown-agreement'],
  async handle({ caller, query: { municipality = caller.municipality, region: only }, deps }) {
    const { gateway, now, ruleBook } = deps;
    if (only !== undefined && !isKnownRegion(ruleBook, only))
      throw invalidInput([
        { in: 'query', location: 'region', code: 'not-valid', detail: faults.unknownRegion },
      ]);
    const all = await gateway.agreements.list();
    const ledgers = all.filter(({ region }) => only === undefined || region === only);
    const items: AgreementsReport['items'] = [];
    // One at a time: there is one for each region and year.
    for (const { region, year } of ledgers) {
      const { byMunicipality } = utilisation(await gateway.agreements.stateOf(region, year));
      for (const { municipality: of, agreed, reserved, realised } of byMunicipality)
        if ((!municipality || of === municipality) && mayReach(caller, of))
          items.push({
            region,
            year,
            municipality: of,
            agreed,
            reserved: small(reserved),
            realised: small(realised),
          });
    }
    const body: AgreementsReport = { countedAt: now(), items };
    return { status: 200, body, csv: agreementsCsv(body) };
  },
});

const small = (count: number) => figureOf(count < smallestCount ? undefined : count);

/** RFC 4180. Codes and numbers alone: nothing that would need quotes. */
function csv(head: string, rows: readonly (readonly (string | number)[])[]): string {
  return [head, ...rows.map((row) => row.join(',')), ''].join('\r\n');
}

function cells({ count, suppressed }: Figure): [number | string, string] {
  return [count ?? '', String(suppressed ?? false)];
}

function signalsCsv({ items }: MissedSignalsReport): string {
  const rows = items.flatMap(({ municipality = '', signals, before }) => [
    ...signals.flatMap(({ signal, routes, seenBy }) => [
      [municipality, 'signal', signal, '', ...cells(routes)],
      ...seenBy.map((seen) => [municipality, 'seen-by', signal, seen.party, ...cells(seen.routes)]),
    ]),
    ...before.map((each) => [municipality, 'before', each.before, '', ...cells(each.routes)]),
  ]);
  return csv('municipality,of,value,party,count,suppressed', rows);
}

function deadlocksCsv({ items }: DeadlocksReport): string {
  const rows = items.flatMap(({ municipality = '', deadlocks }) =>
    deadlocks.flatMap(({ name, statuses }) =>
      statuses.map(({ status, routes }) => [municipality, name, status, ...cells(routes)]),
    ),
  );
  return csv('municipality,deadlock,status,count,suppressed', rows);
}

function agreementsCsv({ items }: AgreementsReport): string {
  const rows = items.map(({ region, year, municipality, agreed, reserved, realised }) => [
    region,
    year,
    municipality,
    agreed,
    ...cells(reserved),
    ...cells(realised),
  ]);
  const head = 'region,year,municipality,agreed,reserved,reservedSuppressed,realised,realisedSuppressed';
  return csv(head, rows);
}
