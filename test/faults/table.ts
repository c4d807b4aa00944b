/** The matrix as people read it. */
import { usualStepIds } from '../../domain/steps.ts';
import { cellOf, partNames, phases, type Finding, type Kill } from './matrix.ts';

export interface Results {
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Per route, what was wrong at its end; nothing for a good one. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
  readonly kills: readonly Kill[];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)}s`;

/** How a cell ended; undefined when no kill met a route there. */
export function isGood(cell: string, { findings, faults }: Results): boolean | undefined {
  const found = findings.get(cell);
  return found?.length ? found.every(({ routeId }) => faults.get(routeId)?.length === 0) : undefined;
}

/** Per step and part: how many routes a kill met there, how they ended, and the longest time until one went on. */
export function tableOf(results: Results): string {
  const head = ['step', ...partNames.flatMap((part) => phases.map((phase) => `${part} ${phase}`))];
  const rows = usualStepIds.map((stepId) => [
    stepId,
    ...partNames.flatMap((part) => phases.map((phase) => textOf(cellOf(part, { stepId, phase }), results))),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function textOf(cell: string, results: Results): string {
  const found = results.findings.get(cell) ?? [];
  const good = isGood(cell, results);
  if (good === undefined) return '-';
  const times = found.flatMap(({ recoveryMs }) => (recoveryMs === undefined ? [] : [recoveryMs]));
  return `${found.length} ${good ? 'ok' : 'BAD'}${times.length > 0 ? ` ${seconds(Math.max(...times))}` : ''}`;
}

/** Per part: how often it was killed, how long it was away, and how long until the routes went on. */
export function recoveryTable({ findings, kills }: Results): string {
  return partNames
    .map((part) => {
      const away = kills.filter((kill) => kill.part === part).map(({ at, readyAt }) => readyAt - at);
      const went = [...findings]
        .filter(([cell]) => cell.startsWith(`${part} `))
        .flatMap(([, found]) =>
          found.flatMap(({ recoveryMs }) => (recoveryMs === undefined ? [] : [recoveryMs])),
        );
      return `${part.padEnd(10)} killed ${String(away.length).padStart(2)} times; away ${spread(away)}; routes went on after ${spread(went)}`;
    })
    .join('\n');
}

function spread(times: number[]): string {
  if (times.length === 0) return '-';
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) =>
    seconds(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  return `median ${at(0.5)}, 95% ${at(0.95)}, longest ${at(1)}`;
}
