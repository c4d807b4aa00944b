import { describe, expect, it } from 'vitest';
import { figuresForPolicy } from '../../../domain/housing-agreement/figures-for-policy.ts';
import { utilisation } from '../../../domain/housing-agreement/views.ts';
import { after, aLedger, aLine, asks } from './support.ts';

const asking = (from: number, count: number, municipality: string) =>
  Array.from({ length: count }, (_, i) => asks(from + i, { wishes: { municipalities: [municipality] } }));

/** A ledger of two municipalities in which so many places are reserved. */
const reserved = (first: number, second: number) =>
  figuresForPolicy(
    utilisation(
      after(
        aLedger([aLine(20), aLine(30, { municipality: 'GM0141' })]),
        ...asking(100, first, 'GM0153'),
        ...asking(200, second, 'GM0141'),
      ),
    ),
    5,
  );

describe('of a housing agreement policy sees', () => {
  it('what is agreed, and no small number of places that people hold', () => {
    const seen = reserved(2, 7);
    expect([seen.agreed, seen.reserved, seen.realised, seen.free, seen.queued]).toEqual([
      50,
      null, // two could be reckoned from it and the other municipality's seven
      null,
      null,
      null,
    ]);
    expect(seen.byMunicipality).toMatchObject([
      { municipality: 'GM0141', agreed: 30, reserved: 7, free: null },
      { municipality: 'GM0153', agreed: 20, reserved: null, free: null },
    ]);
    expect(seen.byCorporation).toMatchObject([{ corporation: 'de-woonplaats', agreed: 50, reserved: null }]);
    expect(seen.byHousingForm).toMatchObject([{ agreed: 50, reserved: null, free: null }]);
  });

  it('large numbers, by municipality and in all', () => {
    const seen = reserved(6, 7);
    expect([seen.reserved, seen.free]).toEqual([13, null]); // nothing is realised: what is free would say so
    expect(seen.byMunicipality.map((each) => each.reserved)).toEqual([7, 6]);
  });

  it('how many wait, when it is not a few', () => {
    expect(reserved(24, 0).queued).toBeNull();
    expect(reserved(25, 0).queued).toBe(5);
  });
});
