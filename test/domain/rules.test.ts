import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../contracts/rule-set.ts';
import { isKnownRegion, regionOf, ruleOf, rulesOn, sourceOf, type RuleBook } from '../../domain/rules.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { now, rules } from '../support/a-route.ts';

const book = await loadRuleBook(now);
const enschede = { national: 'nl', municipality: 'GM0153', region: 'twente', now };

describe('the rule sets', () => {
  it('hold the real terms and the same rules in seconds', () => {
    const ids = (id: string) => book.sets.get(id)!.rules.map((rule) => [rule.id, rule.basis, rule.kind]);
    expect(ids('demo')).toEqual(ids('nl'));
  });

  it.each([
    ['intake.personal-plan', 'P7D', 'Wmo 2015 art. 2.3.2(2)', 'statutory'],
    ['intake.investigation', 'P6W', 'Wmo 2015 art. 2.3.2(1)', 'statutory'],
    ['intake.decision', 'P2W', 'Wmo 2015 art. 2.3.5(2)', 'statutory'],
    ['debt.first-talk', 'P4W', 'Wgs art. 4(1)', 'statutory'],
    ['debt.first-talk.threat', { workingDays: 3 }, 'Wgs art. 4(2)', 'statutory'],
    ['debt.decision', 'P8W', 'Wgs art. 4a', 'statutory'],
    ['debt.repayment', 'P18M', 'MSNP, sector norm since 2023-07-01', 'sector'],
    ['housing.suitable-home', 'P6M', 'as agreed in Twente; elsewhere [assumed]', 'assumed'],
  ])('nl has %s: %j by %s', (id, limit, basis, kind) => {
    expect(rules('nl').terms[id]).toEqual({ limit, basis, kind, set: 'nl', version: '2026-07-01' });
  });
});

describe('the rules of a route', () => {
  it("are the municipality's, else the region's, else the national ones; each date says which", () => {
    const found = rulesOn(book, enschede);
    expect(sourceOf(found, 'debt.decision')).toEqual({
      rule: 'debt.decision',
      ruleSet: 'GM0153',
      version: '2026-07-01',
      basis: 'by-law on the term of decision, Wgs art. 4a [assumed]',
    });
    expect(sourceOf(found, 'housing.suitable-home').ruleSet).toBe('twente');
    expect(sourceOf(found, 'debt.first-talk')).toEqual({
      rule: 'debt.first-talk',
      ruleSet: 'nl',
      version: '2026-07-01',
      basis: 'Wgs art. 4(1)',
    });
    expect(Object.keys(found.terms).sort()).toEqual(Object.keys(rules('nl').terms).sort());
  });

  it('are the national ones where nobody sets anything, and under a set over which nothing lies', () => {
    const setsOf = (place: Parameters<typeof rulesOn>[1]) => [
      ...new Set(Object.values(rulesOn(book, place).terms).map(({ set }) => set)),
    ];
    expect(setsOf({ ...enschede, municipality: 'GM0001', region: 'nowhere' })).toEqual(['nl']);
    expect(setsOf({ ...enschede, national: 'demo' })).toEqual(['demo']);
  });

  it("are its region's too where nobody names the region, and where another was named before", () => {
    const setOf = (place: object) =>
      rulesOn(book, { national: 'nl', municipality: 'GM1774', now, ...place }).terms['housing.suitable-home']
        ?.set;
    expect(setOf({})).toBe('twente');
    expect(setOf({ region: 'elsewhere' })).toBe('twente');
    expect(setOf({ municipality: 'GM0001' })).toBe('nl');
    expect(setOf({ municipality: 'GM0001', region: 'twente' })).toBe('twente');
  });

  it('a municipality goes before its region', () => {
    const own = overlaid('housing.suitable-home', { from: '2026-01-01' });
    expect(rulesOn(own, enschede).terms['housing.suitable-home']?.set).toBe('GM0153');
  });

  it('name the owner of each phase in layers as well', () => {
    const layered = new Map(book.sets);
    layered.set('nl', {
      ...layered.get('nl')!,
      phaseOwners: { debt: 'debt-service', cti: 'support-provider' },
    });
    layered.set('twente', { ...layered.get('twente')!, phaseOwners: { debt: 'process-director' } });
    expect(rulesOn({ ...book, sets: layered }, enschede).phaseOwners).toEqual({
      debt: 'process-director',
      cti: 'support-provider',
    });
  });

  it('change at midnight in Amsterdam', () => {
    const own = overlaid('housing.suitable-home', { from: '2026-11-03', until: '2026-11-04' });
    const setAt = (now: string) => rulesOn(own, { ...enschede, now }).terms['housing.suitable-home']?.set;
    expect(setAt('2026-11-02T22:59:59.000Z')).toBe('twente');
    expect(setAt('2026-11-02T23:00:00.000Z')).toBe('GM0153');
    expect(setAt('2026-11-04T22:59:59.000Z')).toBe('GM0153');
    expect(setAt('2026-11-04T23:00:00.000Z')).toBe('twente');
  });

  it.each(['nowhere', 'twente', 'GM0153'])('are not to be had under %s, which is no national set', (id) => {
    expect(() => rulesOn(book, { ...enschede, national: id })).toThrow(RangeError);
  });

  it('travel as plain JSON of less than 7 KB, with the calendar of the years to come', () => {
    const found = rulesOn(book, enschede);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(JSON.stringify(found).length).toBeLessThan(7000);
    expect(found.calendar.publicHolidays.filter((day) => day.startsWith('2026'))).toEqual([
      '2026-01-01',
      '2026-01-02', // equated by decree
      '2026-04-03',
      '2026-04-06',
      '2026-04-27',
      '2026-05-05',
      '2026-05-14',
      '2026-05-15', // equated by decree
      '2026-05-25',
      '2026-12-25',
      '2026-12-26',
    ]);
    expect(found.calendar.publicHolidays.at(-1)).toBe('2032-12-26');
    expect(found.calendar.summerTimes).toHaveLength(7);
  });
});

/** The rule book with another rule of Enschede's. */
function overlaid(id: string, dates: { from: string; until?: string }): RuleBook {
  const local = book.sets.get('GM0153')!;
  const rule = { ...local.rules[0]!, id, ...dates };
  return { ...book, sets: new Map([...book.sets, ['GM0153', { ...local, rules: [rule] } as RuleSet]]) };
}

it('a municipality is in the region that names it', () => {
  expect(regionOf(book, 'GM0153')).toBe('twente');
  expect(regionOf(book, 'GM0001')).toBeUndefined();
  expect([isKnownRegion(book, 'twente'), isKnownRegion(book, 'nowhere')]).toEqual([true, false]);
});

it('a threat shortens the first talk to three working days', () => {
  expect(ruleOf({}, 'debt.first-talk')).toBe('debt.first-talk');
  expect(ruleOf({ threat: 'eviction' }, 'debt.first-talk')).toBe('debt.first-talk.threat');
});

it('a date by a rule that the set does not have is said to come from the national set', () => {
  expect(sourceOf(rules('nl'), 'no.rule')).toEqual({
    rule: 'no.rule',
    ruleSet: 'nl',
    version: '2026-07-01',
    basis: 'no.rule',
  });
});
