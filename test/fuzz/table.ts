/** The table at the end: what was sent, by what came back. */
import type { Life } from './life.ts';

const columns = ['applied', 'early', 'duplicate', 'late', 'queued'] as const;

/** Deliveries by row and receipt, with the reasons of what was late. */
export function tableOf(lives: readonly Life[]): string {
  const deliveries = lives.flatMap(({ told }) => told.flatMap((event) => event.deliveries));
  const rows = [...new Set(deliveries.map(({ row }) => row))].sort();
  const lineOf = (name: string, of: typeof deliveries): string[] => {
    const reasons = [...new Set(of.flatMap(({ reason }) => (reason ? [reason] : [])))].sort();
    const counted = reasons.map((each) => `${of.filter(({ reason }) => reason === each).length} ${each}`);
    return [
      name,
      ...columns.map((receipt) => String(of.filter((each) => each.receipt === receipt).length)),
      String(of.length),
      String(of.filter(({ unanswered }) => unanswered > 0).length),
      counted.join(', '),
    ];
  };
  const lines = [
    ['sent', ...columns, 'all', 'repeated', 'late because'],
    ...rows.map((row) =>
      lineOf(
        row,
        deliveries.filter((each) => each.row === row),
      ),
    ),
    lineOf('all', deliveries),
  ];
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) =>
      line
        .map((text, i) => (i === 0 || i === 8 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
