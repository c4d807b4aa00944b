import { expect, it } from 'vitest';
import { newLongest } from '../../domain/figures/longest.ts';

const now = '2026-11-29T12:00:00.000Z';

it('a route waits on each of its parties at least as long as nothing has changed of it', () => {
  const reading = newLongest(now);
  reading.add({ health: 'OnTrack', waitingOn: ['debt-service'], changedAt: '2026-11-29T11:00:00.000Z' });
  reading.add({
    health: 'Overdue',
    waitingOn: ['debt-service', 'civil-registry'],
    changedAt: '2026-11-29T10:00:00.000Z',
    dueAt: '2026-11-28T12:00:00.000Z',
  });
  expect(Object.fromEntries(reading.longest.unchangedByParty)).toEqual({
    'debt-service': 7200,
    'civil-registry': 7200,
  });
  expect(Object.fromEntries(reading.longest.unchangedByHealth)).toEqual({ OnTrack: 3600, Overdue: 7200 });
  expect(Object.fromEntries(reading.longest.overdueByParty)).toEqual({
    'debt-service': 86_400,
    'civil-registry': 86_400,
  });
});
