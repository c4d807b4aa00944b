/** What changed in the store: the one question by which a process watches, see api/watching/hub.ts. */
import type { Look, LookAt } from '../watching/outlook.ts';
import type { Line } from './line.ts';
import { routes } from './list.ts';
import { pagesOf } from './pages.ts';
import type { Row } from './summary.ts';

/** A look takes no more rows than these pages have: whoever watches then reads the list. */
const mostPages = 20;
/** Running routes have no end, and the store takes that for one in the year 9999. */
const beforeAnyEnd = '9000-01-01T00:00:00.000Z';

/**
 * Looks what changed since a moment. Each question is asked by itself: joined by OR the store reads every route there is,
 * which takes it seconds.
 */
export function lookAtChanges(line: Line): LookAt {
  return async ({ since, ends, offers }) => {
    const from = new Date(since).toISOString();
    const rows: Row[] = [];
    let whole = true;
    for (const condition of [
      `RouteChangedAt >= '${from}'`,
      ...(ends ? [`CloseTime BETWEEN '${from}' AND '${beforeAnyEnd}'`] : []),
      ...(offers ? ["Blocker = 'transfer-offered'"] : []),
    ])
      whole = (await read(line, condition, rows)) && whole;
    return { rows, whole } satisfies Look;
  };
}

async function read(line: Line, condition: string, into: Row[]): Promise<boolean> {
  const pages = pagesOf(line, [...routes, condition].join(' AND '), mostPages);
  for (;;) {
    const { value, done } = await pages.next();
    if (done) return value;
    into.push(...value);
  }
}
