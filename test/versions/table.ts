/** What became of each route, as people read it. */
import { newSteps } from './places.ts';

export interface Result {
  readonly name: string;
  readonly wokenBy: string;
  readonly path: string;
  readonly outcomes: readonly (string | undefined)[];
  readonly ending: string | undefined;
  readonly totals: { readonly actedTwice: number; readonly undeliverable: number };
  readonly faults: readonly string[];
}

/** One line a route; what was wrong with one stands under the table. */
export function tableOf(results: readonly Result[]): string {
  const head = ['route', 'woken by', 'runs', ...newSteps, 'ending', 'acted twice', 'lost', ''];
  const rows = results.map(({ name, wokenBy, path, outcomes, ending, totals, faults }) => [
    name,
    wokenBy,
    path,
    ...outcomes.map((outcome) => outcome ?? '-'),
    ending ?? 'open',
    String(totals.actedTwice),
    String(totals.undeliverable),
    faults.length > 0 ? 'BAD' : 'ok',
  ]);
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const wrong = results.flatMap(({ name, wokenBy, faults }) =>
    faults.map((fault) => `${name}, ${wokenBy}: ${fault}`),
  );
  return [
    ...lines.map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    ),
    ...wrong,
  ].join('\n');
}
