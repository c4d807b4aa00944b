import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HousingForm } from '../../contracts/housing-form.ts';
import { Skill, type SkillLevel, type SkillLevels } from '../../contracts/skills.ts';
import { matchHousing, type FormMatch, type HousingMatch, type Seeker } from '../../domain/housing-match.ts';
import { rentFinding } from '../../domain/rent-cap.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { now } from '../support/a-route.ts';

const { regional, rentCaps } = await loadHousingBook(now);
const assen = regional.get('assen')!;
const day = '2026-11-02';
const able: SkillLevels = Object.fromEntries(Skill.options.map((skill) => [skill, 3 as const]));

const match = (seeker: Partial<Seeker> = {}): HousingMatch =>
  matchHousing({ skills: {}, day, birthYear: 1974, ...seeker }, assen, rentCaps);
const formOf = ({ forms }: HousingMatch, id: string): FormMatch => forms.find(({ form }) => form.id === id)!;

describe('a match', () => {
  it('says of each form what it asks for, what was found and what follows', () => {
    const found = match({ skills: { ...able, 'handling-money': 1, 'asking-for-help': 0 } });
    expect(found.forms).toHaveLength(5);
    const { fits, skills, next } = formOf(found, 'own-home');
    expect(fits).toBe(false);
    expect(skills).toContainEqual({ skill: 'handling-money', asked: 2, has: 1, verdict: 'missing' });
    expect(next).toEqual([
      { kind: 'training', skill: 'handling-money', training: 'possible' },
      { kind: 'training', skill: 'asking-for-help', training: 'possible' },
    ]);
    expect(formOf(found, 'tripartite-lease').fits).toBe(true);
  });

  it('advises a direct own home, also where only a step of the ladder fits already', () => {
    const found = match({ skills: { 'personal-care': 1, 'daily-activities': 1, 'asking-for-help': 0 } });
    expect(formOf(found, 'clustered-home').fits).toBe(true);
    expect(found.advised).toEqual({ housingForm: 'own-home-with-support', because: 'direct-own-home' });
    expect(found.forms[0]!.next).toEqual([
      { kind: 'training', skill: 'asking-for-help', training: 'possible' },
    ]);
  });

  it('follows the wish, also for a step of the ladder', () => {
    const found = match({ skills: able, wish: 'shared-home' });
    expect(found.advised).toEqual({ housingForm: 'shared-home', because: 'wish' });
    expect(found.wish).toEqual({ housingForm: 'shared-home', finding: 'fits' });
  });

  it('says that a wish is for something the region does not have, and advises nonetheless', () => {
    const found = match({ wish: 'houseboat' });
    expect(found.wish?.finding).toBe('not-in-catalogue');
    expect(found.advised?.because).toBe('direct-own-home');
  });

  it('asks after a skill that is not known, and trains none', () => {
    for (const { next, skills } of match().forms) {
      expect(next).toEqual(skills.map(({ skill }) => ({ kind: 'assessment', skill })));
    }
  });
});

describe('the rent cap', () => {
  const verdict = (rent: HousingForm['rent'], birthYear?: number, on = day) => {
    const found = rentFinding({ rent }, rentCaps, { birthYear, day: on });
    return found.unknown ?? `${found.verdict}${found.cap ? ` ${found.cap.monthly}` : ''}`;
  };
  const rent = (from: number, to: number) => ({ from, to });

  it.each([
    ['of an adult', rent(600, 932.93), 1974, 'within 932.93'],
    ['of an adult, a cent over it', rent(600, 932.94), 1974, 'partly 932.93'],
    ['of somebody of 20 or less all year', rent(300, 498.2), 2006, 'within 498.2'],
    ['of somebody of 20 or less all year, over it', rent(498.21, 700), 2006, 'above 498.2'],
    ['of somebody who becomes 21 this year', rent(600, 700), 2005, 'birthday-decides'],
    ['that all ages share in effect', rent(300, 400), undefined, 'within'],
    ['without a birth year', rent(600, 700), undefined, 'no-birth-year'],
    ['of a child', rent(300, 400), 2015, 'no-cap'],
  ])('%s', (_, range, birthYear, expected) => {
    expect(verdict(range, birthYear)).toBe(expected);
  });

  it('of a year without figures is not known, and keeps nobody out', () => {
    expect(verdict(rent(300, 400), 1974, '2031-05-01')).toBe('no-cap');
    expect(formOf(match({ skills: able, day: '2031-05-01' }), 'own-home').fits).toBe(true);
  });

  it('that lies below every rent makes one search for a lower one', () => {
    const dear = { ...assen.forms[0]!, rent: rent(600, 700) };
    const { forms } = matchHousing({ skills: able, day, birthYear: 2007 }, { forms: [dear] }, rentCaps);
    expect(forms[0]).toMatchObject({ fits: false, next: [{ kind: 'lower-rent' }] });
  });
});

describe('whatever is known and whatever is offered', () => {
  const level = fc.constantFrom<SkillLevel>(0, 1, 2, 3);
  const levels: fc.Arbitrary<SkillLevels> = fc.dictionary(fc.constantFrom(...Skill.options), level);
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const form = (id: string): fc.Arbitrary<HousingForm> =>
    fc
      .record({ asks: levels, direct: fc.boolean(), rent: fc.tuple(fc.nat(1200), fc.nat(500)) })
      .map(({ rent: [from, more], ...each }) => ({
        ...assen.forms[0]!,
        ...each,
        id,
        rent: { from, to: from + more },
      }));
  const forms = fc.subarray(ids, { minLength: 1 }).chain((some) => fc.tuple(...some.map(form)));
  const wish = fc.option(fc.constantFrom(...ids, 'nowhere'), { nil: undefined });
  const seeker: fc.Arbitrary<Seeker> = fc.record({
    skills: levels,
    wish,
    birthYear: fc.option(fc.integer({ min: 1920, max: 2015 }), { nil: undefined }),
    day: fc.constantFrom(day, '2031-01-01'),
  });
  const holds = (check: (found: HousingMatch, who: Seeker, offered: readonly HousingForm[]) => void) =>
    fc.assert(
      fc.property(seeker, forms, (who, offered) =>
        check(matchHousing(who, { forms: offered }, rentCaps), who, offered),
      ),
      { numRuns: 500 },
    );

  it('more skills never make a form fit less', () => {
    fc.assert(
      fc.property(seeker, forms, levels, (who, offered, learnt) => {
        const more = { ...who.skills };
        for (const skill of Skill.options) {
          const reached = Math.max(more[skill] ?? -1, learnt[skill] ?? -1);
          if (reached >= 0) more[skill] = reached as SkillLevel;
        }
        const after = matchHousing({ ...who, skills: more }, { forms: offered }, rentCaps);
        for (const before of matchHousing(who, { forms: offered }, rentCaps).forms) {
          const then = formOf(after, before.form.id);
          expect(then.fits || !before.fits).toBe(true);
          expect(then.next.length).toBeLessThanOrEqual(before.next.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the wish comes first: it fits, or what is missing is said', () => {
    holds(({ forms: [first], wish, advised }, who, offered) => {
      const isOffered = offered.some(({ id }) => id === who.wish);
      const here = first!.fits ? 'fits' : 'not-yet';
      const expected = isOffered ? here : 'not-in-catalogue';
      expect(wish?.finding).toBe(who.wish === undefined ? undefined : expected);
      expect(first!.wished).toBe(isOffered);
      expect(advised?.because === 'wish').toBe(isOffered);
      expect(first!.fits || first!.next.length > 0).toBe(true);
    });
  });

  it('every missing skill gives exactly one training, every unknown one exactly one assessment', () => {
    holds((found) => {
      for (const { skills, next } of found.forms) {
        const steps = (kind: string) =>
          next.flatMap((step) => (step.kind === kind && 'skill' in step ? [step.skill] : []));
        const judged = (verdict: string) =>
          skills.flatMap((each) => (each.verdict === verdict ? [each.skill] : []));
        expect(steps('training')).toEqual(judged('missing'));
        expect(steps('assessment')).toEqual(judged('unknown'));
        expect(new Set(skills.map(({ skill }) => skill)).size).toBe(skills.length);
      }
    });
  });

  it('nobody is refused: every form is there, with a way to it where it does not fit yet', () => {
    const possible = ['training', 'assessment', 'lower-rent'];
    holds((found, _, offered) => {
      expect(found.forms.map(({ form }) => form.id).sort()).toEqual(offered.map(({ id }) => id).sort());
      for (const { fits, next } of found.forms) {
        expect(fits).toBe(next.length === 0);
        expect(possible).toEqual(expect.arrayContaining(next.map(({ kind }) => kind)));
      }
    });
  });

  it('without a wish a direct own home is advised, wherever there is one', () => {
    holds(({ advised, forms: [first] }, who, offered) => {
      if (offered.some(({ id }) => id === who.wish)) return;
      const isThere = offered.some(({ direct }) => direct);
      expect(advised?.housingForm).toBe(isThere ? first!.form.id : undefined);
      expect(first!.form.direct).toBe(isThere);
    });
  });
});
