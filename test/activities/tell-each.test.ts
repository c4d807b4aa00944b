import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { createToldActivities, type ToldPorts } from '../../activities/operations-told.ts';
import { PartnerFailed } from '../../activities/ports.ts';
import { tellEach } from '../../activities/tell-each.ts';
import { calendarFor } from '../../platform/rule-sets/calendar.ts';

const inActivity = <T>(act: () => Promise<T>): Promise<T> => new MockActivityEnvironment().run(act);
const names = (count: number) => Array.from({ length: count }, (_, i) => `cm-${i}`);
const nameOf = (name: string) => name;

it('who is not taken does not hold up the others, and who is refused is not tried again', async () => {
  const told: string[] = [];
  const tell = (name: string): Promise<void> => {
    if (name === 'cm-3') throw new PartnerFailed('PartnerUnreachable', 'away');
    if (name === 'cm-4') throw new PartnerFailed('PartnerRejected', 'never');
    told.push(name);
    return Promise.resolve();
  };
  const first = await inActivity(() => tellEach(names(30), undefined, { nameOf, tell }));
  expect(first).toEqual({ all: 30, told: 28, waiting: ['cm-3'], refused: ['cm-4'] });
  const second = await inActivity(() => tellEach(names(30), ['cm-3'], { nameOf, tell }));
  expect(second).toEqual({ all: 1, told: 0, waiting: ['cm-3'], refused: [] });
});

it('a service that is away is not asked for each of thousands, and their names fill no history', async () => {
  let tried = 0;
  const tell = (): Promise<void> => {
    tried += 1;
    throw new PartnerFailed('PartnerUnreachable', 'away');
  };
  const told = await inActivity(() => tellEach(names(5000), undefined, { nameOf, tell }));
  expect(told).toEqual({ all: 5000, told: 0, refused: [] });
  expect(tried).toBeLessThan(40);
});

it('nobody is told on a public holiday or in a weekend, and no list is read', async () => {
  const nobody = (): never => {
    throw new Error('asked');
  };
  const ports: ToldPorts = {
    rules: () =>
      Promise.resolve({ escalation: { directorAfter: 'P1W' }, calendar: calendarFor(2026, 2), regions: [] }),
    routesToLookAt: nobody,
    openRoutes: nobody,
    agreements: nobody,
    tell: nobody,
    linkOf: nobody,
  };
  const tell = createToldActivities(ports)['digest.tell'];
  for (const day of ['2026-12-25', '2026-12-26'])
    expect(await inActivity(() => tell({ at: `${day}T06:00:00.000Z` }))).toMatchObject({
      day,
      isHoliday: true,
    });
});
