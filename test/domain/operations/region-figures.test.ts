import { expect, it } from 'vitest';
import { RegionFigures } from '../../../contracts/region-figures.ts';
import { mondayOf, regionItems, type Countable } from '../../../domain/operations/region-figures.ts';

const now = '2026-11-30T06:30:00.000Z';
const region = { region: 'twente', municipalities: ['GM0153', 'GM0141', 'GM0147'] };
const codes = {
  stages: ['intake', 'housing'],
  health: ['OnTrack', 'Overdue'],
  parties: ['housing-corporation'],
  deadlockStatuses: ['open'],
  smallestCount: 5,
} as const;

const routes = (count: number, more: Partial<Countable>): Countable[] =>
  Array.from({ length: count }, (_, i) => ({
    routeId: `${i}`,
    municipality: 'GM0153',
    stage: 'intake',
    health: 'OnTrack',
    waitingOn: ['housing-corporation'],
    blockers: [],
    stageSince: now,
    ...more,
  }));

it('a region is told of its own municipalities, and of no few people', () => {
  const all = [
    ...routes(12, {}),
    ...routes(7, { health: 'Overdue', deadlock: 'open/address+income' }),
    ...routes(3, { municipality: 'GM0141', stage: 'housing' }),
    ...routes(50, { municipality: 'GM0363' }),
  ];
  const items = regionItems(region, all, now, codes);
  expect(items.map(({ municipality }) => municipality)).toEqual([undefined, 'GM0153', 'GM0141']);
  const [whole, enschede, almelo] = items;
  // The three of Almelo could be reckoned from the whole of the region: so that is kept back as well.
  expect([whole!.total, enschede!.total.count, almelo!.total.count]).toEqual([
    { count: null, suppressed: true },
    19,
    null,
  ]);
  expect(enschede!.health).toEqual([
    { health: 'OnTrack', count: 12 },
    { health: 'Overdue', count: 7 },
  ]);
  expect(enschede!.deadlocks).toEqual([
    { name: 'address+income', statuses: [{ status: 'open', routes: { count: 7 } }] },
  ]);
  const message = {
    kind: 'region-figures',
    to: 'policy',
    recipient: 'twente',
    week: mondayOf('2026-12-06'),
    countedAt: now,
  };
  expect(RegionFigures.parse({ ...message, items, agreedHomes: [], sentence: '' }).week).toBe('2026-11-30');
});
