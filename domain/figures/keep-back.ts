/**
 * Figures that say nothing about anybody: small ones are kept back, and with them those from which a small one could be
 * reckoned. A place's cells of one line add up, and so do those of all municipalities: where the cells that are kept back
 * come to less than the smallest figure that is told, or there is but one, what they come to may not be known either.
 */
import { addsUp, everywhere, type Counts } from './tally.ts';

interface Cell {
  readonly count: number;
  kept: boolean;
}

/** Cells that add up; `total`: the cell that says to how many, where one does. */
interface Line {
  readonly parts: readonly Cell[];
  readonly total?: Cell;
}

/** A figure by place and cell; undefined where it is kept back, as is one of which there is none. */
export type Told = (place: string, cell: string) => number | undefined;

/** @param smallest - what is less than this is kept back */
export function tellable(counts: Counts, smallest: number): Told {
  const table = new Map(
    [...counts].map(([place, cells]) => [
      place,
      // From a cell of which there is none nothing can be reckoned.
      new Map(
        [...cells].flatMap(([name, count]) => (count ? [[name, { count, kept: count < smallest }]] : [])),
      ),
    ]),
  );
  const lines = [...rowsOf(table), ...columnsOf(table)];
  // Each round keeps more back, so there is a last one.
  while (lines.filter((line) => keepMore(line, smallest)).length > 0);
  return (place, name) => {
    const found = table.get(place)?.get(name);
    return found && !found.kept ? found.count : undefined;
  };
}

type Table = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

/** In one place: stages add up to all its routes, and so on. */
function rowsOf(table: Table): Line[] {
  return [...table.values()].flatMap((cells) => {
    const lines = new Map<string, Cell[]>();
    for (const [name, each] of cells) {
      const [line] = name.split('/') as [string];
      if (addsUp(line)) lines.set(line, [...(lines.get(line) ?? []), each]);
    }
    return [...lines.values()].map((parts) => ({ parts }));
  });
}

/** In all municipalities. What can't be told of all together can still be told of each, so that they can be compared. */
function columnsOf(table: Table): Line[] {
  const places = [...table].flatMap(([place, cells]) => (place === everywhere ? [] : [cells]));
  return [...(table.get(everywhere) ?? [])].map(([name, total]) => ({
    parts: places.flatMap((cells) => cells.get(name) ?? []),
    total,
  }));
}

/** Keeps one more cell back where it has to be; says whether it did. */
function keepMore({ parts, total }: Line, smallest: number): boolean {
  const kept = parts.filter((each) => each.kept);
  const sum = kept.reduce((all, { count }) => all + count, 0);
  if (kept.length === 0 || (kept.length > 1 && sum >= smallest) || total?.kept) return false;
  const [least] = parts.filter((each) => !each.kept).sort((a, b) => a.count - b.count);
  const next = total ?? least;
  if (next) next.kept = true;
  return next !== undefined;
}
