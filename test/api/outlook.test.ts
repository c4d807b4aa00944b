/** What a process makes of what the store shows late, twice, or too much of. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../api/gateway/summary.ts';
import { newsFor } from '../../api/watching/audience.ts';
import { read, type Cursor } from '../../api/watching/cursor.ts';
import { Outlook } from '../../api/watching/outlook.ts';
import type { RouteSummary } from '../../contracts/views.ts';

const minute = 60_000;
const day = 1440 * minute;
const start = Date.parse('2026-11-02T09:00:00.000Z');

const aRow = (movedAt: number, more: Partial<RouteSummary> = {}, runStartedAt = 0): Row => {
  const changedAt = new Date(movedAt).toISOString();
  const summary = {
    routeId: randomUUID(),
    municipality: 'GM0153',
    health: 'OnTrack',
    blockers: [],
    changedAt,
    ...more,
  };
  return { summary: summary as unknown as RouteSummary, movedAt, runStartedAt };
};

/** A store that shows what is put in it, and says how far back it was asked. */
function aStore(most = Infinity) {
  const rows: Row[] = [];
  const asked: number[] = [];
  const outlook = new Outlook(({ since, ends, offers }) => {
    asked.push(since);
    const found = rows.filter(
      (row) =>
        (row.movedAt >= since && (ends || row.summary.status !== 'closed')) ||
        (offers && row.summary.blockers.includes('transfer-offered')),
    );
    return Promise.resolve({ rows: found, whole: found.length <= most });
  });
  const look = async (at: number, back?: number) => {
    const { news, lost } = await outlook.look(at, back);
    return { told: news.map(({ now }) => now.routeId), lost };
  };
  return { rows, asked, outlook, look };
}
const cursor = (before: number): Cursor => ({ before, process: '-', told: 0 });
const ids = (rows: readonly Row[]) => rows.map(({ summary }) => summary.routeId);

describe('a look', () => {
  it('tells what changed since the one before, once, in the order in which it changed', async () => {
    const { rows, look } = aStore();
    rows.push(aRow(start - minute));
    expect(await look(start)).toEqual({ told: [], lost: false });
    const [later, earlier] = [aRow(start + 900), aRow(start + 100)];
    rows.push(later, earlier);
    expect((await look(start + 1000)).told).toEqual(ids([earlier, later]));
    expect((await look(start + 2000)).told).toEqual([]);
  });

  it('finds what the store shows late: half a minute at any time, and ten minutes now and then', async () => {
    const { rows, look } = aStore();
    await look(start);
    await look(start + 20_000);
    const late = aRow(start - 5000);
    rows.push(late);
    expect((await look(start + 21_000)).told).toEqual(ids([late]));
    const veryLate = aRow(start - 9 * minute);
    rows.push(veryLate);
    expect((await look(start + 22_000)).told).toEqual([]);
    expect((await look(start + 31_000)).told).toEqual(ids([veryLate]));
  });

  it('after an absence goes back to where the last one was', async () => {
    const { rows, look } = aStore();
    await look(start);
    const missed = [aRow(start + minute), aRow(start + 50 * minute)];
    rows.push(...missed);
    expect((await look(start + 60 * minute)).told).toEqual(ids(missed));
  });

  it('knows that a run which has ended says less than the one that follows it', async () => {
    const { rows, look } = aStore();
    const routeId = randomUUID();
    await look(start);
    rows.push(aRow(start + 500, { routeId, health: 'Overdue' }, 2), aRow(start + 500, { routeId }, 1));
    expect((await look(start + 1000)).told).toEqual([routeId]);
    expect((await look(start + 2000)).told).toEqual([]);
  });

  it('that finds more than it can take is made up for by having the list read, once', async () => {
    const { rows, look } = aStore(10);
    await look(start);
    rows.push(...Array.from({ length: 11 }, () => aRow(start + 500)));
    expect(await look(start + 1000)).toEqual({ told: [], lost: false });
    rows.length = 0;
    expect(await look(start + 2000)).toEqual({ told: [], lost: true });
    const next = aRow(start + 2500);
    rows.push(next);
    expect(await look(start + 3000)).toEqual({ told: ids([next]), lost: false });
  });
});

describe('who was away', () => {
  it('longer than this process knows has it look further back, and those who heard already hear nothing', async () => {
    const { rows, look, outlook } = aStore();
    const missed = aRow(start - 300 * minute);
    rows.push(missed);
    await look(start);
    const was = cursor(start - 400 * minute);
    expect(outlook.lacks(was, start)).toBe(true);
    expect((await look(start + 1000, was.before)).told).toEqual([]);
    expect(outlook.missed(was, start)?.map(({ known }) => known.now.routeId)).toEqual(ids([missed]));
  });

  it('longer than a day, or for more than a look can take, has to read the list; the others are told as before', async () => {
    const { rows, look, outlook } = aStore(10);
    rows.push(...Array.from({ length: 11 }, () => aRow(start - 300 * minute)));
    await look(start);
    const longAgo = cursor(start - day - 1);
    expect([outlook.lacks(longAgo, start), outlook.missed(longAgo, start)]).toEqual([false, undefined]);
    const was = cursor(start - 400 * minute);
    const news = aRow(start + 500);
    rows.push(news);
    expect(await look(start + 1000, was.before)).toEqual({ told: ids([news]), lost: false });
    expect([outlook.lacks(was, start), outlook.missed(was, start)]).toEqual([false, undefined]);
  });

  it('goes on in the middle of what was told at once, by the number here and by the moment elsewhere', async () => {
    const [here, there] = [aStore(), aStore()];
    await here.look(start);
    const rows = [aRow(start + 100), aRow(start + 200), aRow(start + 300)];
    here.rows.push(...rows);
    there.rows.push(...rows);
    const { news } = await here.outlook.look(start + 1000);
    const id = read(here.outlook.idOf(news[1]!))!;
    await there.look(start + 5000);
    const missed = ({ outlook }: typeof here) =>
      outlook.missed(id, start)!.map(({ known }) => known.now.routeId);
    expect(missed(here)).toEqual(ids(rows.slice(2)));
    // Elsewhere nobody knows what was shown late: half a minute is told again.
    expect(missed(there)).toEqual(expect.arrayContaining(ids(rows.slice(2))));
  });
});

it('a route that was offered long ago and goes away is known to whom it went from', async () => {
  const { rows, outlook } = aStore();
  const offered = aRow(start - 90 * day, { blockers: ['transfer-offered'] });
  rows.push(offered);
  await outlook.look(start);
  const { routeId } = offered.summary;
  rows.push(aRow(start + 500, { routeId, municipality: 'GM0141' }));
  const { news } = await outlook.look(start + 1000);
  const told = (reach: string) => newsFor({ reach, filters: {} }, news[0]!);
  expect([told('GM0153'), told('GM0141'), told('GM0164')]).toEqual(['left', 'changed', undefined]);
});
