/** What a wrong rule file says at the start. Each test lays its own files over copies of the real ones. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Limit, RuleKind } from '../../contracts/rule-set.ts';
import { endOfTerm } from '../../domain/terms.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { calendarFor } from '../../platform/rule-sets/calendar.ts';
import { dayBeyond } from '../../platform/rule-sets/maximum.ts';
import nl from '../../rules/nl.json' with { type: 'json' };
import enschede from '../../rules/municipalities/GM0153.json' with { type: 'json' };
import twente from '../../rules/regions/twente.json' with { type: 'json' };
import { faultIn, rulesFolder } from '../support/rules-folder.ts';

const now = '2026-11-02T09:00:00.000Z';
const folder = rulesFolder();

/** Loads with one file written anew; what comes of it is the line that stops the start, or nothing. */
async function faultOf(file: string, content: unknown): Promise<string | undefined> {
  await folder.write(file, content);
  return faultIn(() => loadRuleBook(now, folder.path));
}

const byLaw = enschede.rules[0]!;
const municipality = 'municipalities/GM0153.json';
const withRule = (rule: object) => ({ ...enschede, rules: [{ ...byLaw, ...rule }] });
const withConcern = (change: object) => ({ ...nl, concerns: [{ ...nl.concerns[1], ...change }] });
const national = (id: string, change: object) => ({
  ...nl,
  rules: nl.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});

it('the real ones are in order', async () => {
  const { sets } = await loadRuleBook(now);
  expect([...sets.values()].map(({ id, layer }) => `${layer} ${id}`)).toEqual([
    'national demo',
    'national nl',
    'region demo-region',
    'region twente',
    'municipality GM0153',
  ]);
});

describe('a file with a fault stops the start with one line that names both', () => {
  const [first] = nl.rules;
  it.each([
    ['nl.json', '{ "id": ', 'rules/nl.json: no JSON: '],
    ['nl.json', { ...nl, reminderShares: [0.9, 0.5] }, 'rules/nl.json: reminderShares: must rise'],
    ['nl.json', { ...nl, rules: [{ ...first, limit: '7 days' }] }, 'rules/nl.json: rules.0.limit: '],
    ['nl.json', { ...nl, rules: [{ ...first, limit: 'P1M3D' }] }, 'rules/nl.json: rules.0.limit: '],
    ['nl.json', withConcern({ times: undefined }), 'rules/nl.json: concerns.0.within: goes together with'],
    ['nl.json', withConcern({ follows: 'note' }), 'rules/nl.json: concerns.0.reopens: goes together with'],
    ['nl.json', withConcern({ term: 'concern.none' }), 'rent-arrears.again: there is no rule concern.none'],
    ['nl.json', withConcern({ reopens: 'debt.none' }), 'rent-arrears.again: there is no step debt.none'],
    ['nl.json', { ...nl, publicHolidays: [] }, 'rules/nl.json: it: Unrecognized key: "publicHolidays"'],
    ['nl.json', { ...nl, id: 'uk' }, 'rules/nl.json: its id is uk'],
    ['nl.json', { ...nl, rules: [first] }, 'rules/nl.json: no rule on 2026-11-02 for intake.investigation, '],
    [
      'nl.json',
      { ...nl, rules: [...nl.rules, { ...first, from: '2026-01-01' }] },
      'rules/nl.json: two rules intake.personal-plan hold on 2026-01-01',
    ],
    [
      'nl.json',
      national('intake.decision', { until: '2014-12-31' }),
      'rules/nl.json: intake.decision holds until 2014-12-31, before it begins on 2015-01-01',
    ],
    [
      'nl.json',
      national('debt.decision', { maximum: { workingDays: 20 } }),
      'rules/nl.json: debt.decision: P8W can end later than its own maximum of 20 working days, as on 2026-11-02',
    ],
    [
      'municipalities/twente.json',
      twente,
      'rules/municipalities/twente.json: its layer is region, in the folder of layer municipality',
    ],
    [
      'regions/GM0153.json',
      { ...twente, id: 'GM0153', region: 'elsewhere', municipalities: ['GM0001'] },
      'rules/municipalities/GM0153.json: another rule set has the id GM0153 too',
    ],
    [
      'regions/twente-2.json',
      { ...twente, id: 'twente-2' },
      'rules/regions/twente.json: lies over the same as rules/regions/twente-2.json: region twente over nl',
    ],
    [
      'regions/achterhoek.json',
      { ...twente, id: 'achterhoek', region: 'achterhoek', municipalities: ['GM0197', 'GM0153'] },
      'rules/regions/twente.json: GM0153 lies in region achterhoek already, by rules/regions/achterhoek.json',
    ],
    [
      'regions/twente.json',
      { ...twente, municipalities: ['Enschede'] },
      'rules/regions/twente.json: municipalities.0: must be a CBS municipality code, such as GM0153',
    ],
    [
      municipality,
      { ...enschede, overlays: 'twente' },
      'rules/municipalities/GM0153.json: overlays twente, which is no national rule set',
    ],
    [
      municipality,
      withRule({ kind: 'statutory' }),
      'rules/municipalities/GM0153.json: rules.0.kind: Invalid option',
    ],
    [
      municipality,
      withRule({ id: 'debt.desicion' }),
      'rules/municipalities/GM0153.json: debt.desicion is no rule of rules/nl.json, nor is it marked as additional',
    ],
    [
      municipality,
      withRule({ additional: true }),
      'rules/municipalities/GM0153.json: debt.decision is marked as additional, but is a rule of rules/nl.json',
    ],
    [
      municipality,
      withRule({ limit: 'P9W' }),
      'rules/municipalities/GM0153.json: debt.decision of P9W (by-law on the term of decision, Wgs art. 4a [assumed])' +
        ' can end later than the maximum of P8W that debt.decision sets in rules/nl.json (Wgs art. 4a),' +
        ' as when it begins on 2026-11-02',
    ],
  ])('%s %#', async (file, content, line) => {
    const found = await faultOf(file, content);
    expect(found).toContain(line);
    expect(found).not.toContain('\n');
  });
});

it('a region may say the same over two national sets', async () => {
  const overDemo = { ...twente, id: 'twente-demo', overlays: 'demo' };
  expect(await faultOf('regions/twente-demo.json', overDemo)).toBeUndefined();
});

describe('a local rule', () => {
  it('may be about something of its own, when it says so', async () => {
    expect(await faultOf(municipality, withRule({ id: 'local.welcome', additional: true }))).toBeUndefined();
  });

  it.each<[Limit, boolean]>([
    ['P8W', true],
    ['P56D', true],
    ['P57D', false],
    // January and February are 59 days, three more than eight weeks.
    ['P1M', true],
    ['P2M', false],
    // Forty working days are eight weeks, unless there is a public holiday among them; thirty always fit in.
    [{ workingDays: 40 }, false],
    [{ workingDays: 30 }, true],
    // Eight weeks of hours, begun in the last second of a day, end an hour late when the clock goes forward on the way.
    ['PT1344H', false],
    ['PT1343H', true],
  ])('of %j lies within eight weeks: %s', async (limit, within) => {
    expect((await faultOf(municipality, withRule({ limit }))) === undefined).toBe(within);
  });

  it('may go beyond what is no law, and not beyond a maximum that is named', async () => {
    const longer = { id: 'housing.offer-answer', limit: 'P10D' };
    expect(await faultOf(municipality, withRule(longer))).toBeUndefined();
    await folder.write('nl.json', national('housing.offer-answer', { maximum: 'P7D' }));
    expect(await faultOf(municipality, withRule(longer))).toContain('the maximum of P7D');
  });

  it('may be what it likes on days on which the statutory one does not hold', async () => {
    const decision = nl.rules.find(({ id }) => id === 'debt.decision')!;
    const later = { ...decision, limit: 'P10W', from: '2030-01-01' };
    const both = [...national('debt.decision', { until: '2029-12-31' }).rules, later];
    await folder.write('nl.json', { ...nl, rules: both });
    expect(await faultOf(municipality, withRule({ limit: 'P9W', from: '2030-01-01' }))).toBeUndefined();
    expect(await faultOf(municipality, withRule({ limit: 'P9W', from: '2029-12-31' }))).toContain('P8W');
  });

  it('is beyond the statutory one if and only if it can end later on some day', () => {
    const span = { first: '2026-01-01', last: '2026-12-31', calendar: calendarFor(2026, 2) };
    const begins = Array.from({ length: 365 }, (_, i) =>
      Temporal.PlainDate.from(span.first).add({ days: i }).toZonedDateTime('Europe/Amsterdam'),
    ).flatMap((midnight) => [
      midnight,
      midnight.add({ hours: 11 }),
      midnight.with({ hour: 23, minute: 59, second: 59 }),
    ]);
    const moments = begins.map(({ epochMilliseconds }) => new Date(epochMilliseconds).toISOString());
    const limit = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('M', 'W', 'D'))
        .map(([count, unit]) => `P${count}${unit}`),
      fc.integer({ min: 20, max: 100 }).map((hours) => `PT${hours}H`),
      fc.integer({ min: 1, max: 25 }).map((workingDays) => ({ workingDays })),
    );
    fc.assert(
      fc.property(limit, limit, fc.constantFrom('local', 'statutory'), (ours, most, kind) => {
        const endOf = (begin: string, limit: Limit, kind: RuleKind) =>
          endOfTerm(begin, { limit, kind }, span.calendar);
        const canEndLater = moments.some(
          (begin) => endOf(begin, ours, kind) > endOf(begin, most, 'statutory'),
        );
        const beyond = dayBeyond({ limit: ours, kind }, most, () => span);
        expect(beyond !== undefined).toBe(canEndLater);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the calendar', () => {
  it('has the days of the Algemene termijnenwet art. 3, and no others', () => {
    expect(calendarFor(2027, 1).publicHolidays).toEqual([
      '2027-01-01',
      '2027-03-26', // Good Friday
      '2027-03-29', // Easter Monday
      '2027-04-27',
      '2027-05-05', // also in years in which employers do not give it
      '2027-05-06', // Ascension Day
      '2027-05-17', // Whit Monday
      '2027-12-25',
      '2027-12-26',
    ]);
    // 27 April 2031 is a Sunday: King's Day is the day before.
    expect(calendarFor(2031, 1).publicHolidays).toContain('2031-04-26');
    expect(calendarFor(2031, 1).publicHolidays).not.toContain('2031-04-27');
  });

  it('has the summer times: last Sundays of March and October, at one in the morning UTC', () => {
    expect(calendarFor(2026, 2).summerTimes).toEqual([
      ['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z'],
      ['2027-03-28T01:00:00.000Z', '2027-10-31T01:00:00.000Z'],
    ]);
  });
});
