/** What lists and reports know of the deadlock of a route. */
import { describe, expect, it } from 'vitest';
import { deadlockStatus } from '../../domain/deadlock-status.ts';
import {
  deadlockNames,
  reportCell,
  tallyDeadlocks,
  tallySignals,
} from '../../domain/figures/report-tallies.ts';
import { everywhere } from '../../domain/figures/tally.ts';
import { attributesOf } from '../../workflows/route-attributes.messages.ts';
import { aRoute } from '../support/a-route.ts';
import { deadlocked, promisedByAll, refusedAddress } from '../support/deadlocked-route.ts';

describe('the deadlock of a route', () => {
  it('is none before there is one, and nothing where no agreement holds', () => {
    expect(deadlockStatus(refusedAddress())).toBe('none');
    expect(deadlockStatus(aRoute())).toBeUndefined();
  });

  it('is open while its parties wait for each other, and broken by their commitments', () => {
    const open = deadlocked();
    expect(deadlockStatus(open)).toBe(`open/${open.impasse!.name}`);
    expect(deadlockStatus(promisedByAll(open))).toBe(`committed/${open.impasse!.name}`);
  });

  it('is in the search attributes, with the missed signals; runs of before know neither', () => {
    const state = { ...deadlocked(), missedSignals: ['rent-arrears gp unknown'] };
    const shown = Object.fromEntries(attributesOf(state).map(({ key, value }) => [key.name, value]));
    expect(shown).toMatchObject({
      Deadlock: `open/${state.impasse!.name}`,
      MissedSignals: ['rent-arrears/gp/unknown'],
    });
    const before = attributesOf({ ...state, edition: 10 }).map(({ key }) => key.name);
    expect(before).not.toContain('Deadlock');
    expect(before).not.toContain('MissedSignals');
  });
});

it('a route is counted once for a signal that several parties could have seen', () => {
  const rows = [
    { municipality: 'GM0153', values: ['rent-arrears/gp/unknown', 'rent-arrears/landlord/1-2-years'] },
    { municipality: 'GM0141', values: ['rent-arrears/gp/unknown'] },
  ];
  const counts = tallySignals(rows);
  const count = (place: string, cell: string) => counts.get(place)?.get(cell) ?? 0;
  expect(count('GM0153', reportCell.signal('rent-arrears'))).toBe(1);
  expect(count(everywhere, reportCell.seen('rent-arrears', 'gp'))).toBe(2);
  expect(count(everywhere, reportCell.before('1-2-years'))).toBe(1);
});

it('a route without a deadlock is in no cell', () => {
  const rows = [
    { municipality: 'GM0153', values: ['none'] },
    { municipality: 'GM0153', values: ['open/home+income'] },
  ];
  expect([...tallyDeadlocks(rows).get('GM0153')!]).toEqual([[reportCell.deadlock('open', 'home+income'), 1]]);
  expect(deadlockNames(rows)).toEqual(['home+income']);
});
