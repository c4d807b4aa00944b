import { describe, expect, it } from 'vitest';
import { RuleSet } from '../../contracts/rule-set.ts';
import { ruleOf, rulesOn, sourceOf } from '../../domain/rules.ts';
import { loadRuleSets } from '../../platform/rule-sets.ts';
import { day, rules } from '../support/a-route.ts';

const sets = await loadRuleSets(day);
const nl = sets.get('nl')!;

describe('the rule sets', () => {
  it('hold the real terms and the same rules in seconds', () => {
    expect([...sets.keys()].sort()).toEqual(['demo', 'nl']);
    const ids = (id: string) => sets.get(id)!.rules.map((rule) => [rule.id, rule.basis]);
    expect(ids('demo')).toEqual(ids('nl'));
  });

  it.each([
    ['intake.personal-plan', 'P7D', 'Wmo 2015 art. 2.3.2(2)'],
    ['intake.investigation', 'P6W', 'Wmo 2015 art. 2.3.2(1)'],
    ['intake.decision', 'P2W', 'Wmo 2015 art. 2.3.5(2)'],
    ['debt.first-talk', 'P4W', 'Wgs art. 4(1)'],
    ['debt.first-talk.threat', { workingDays: 3 }, 'Wgs art. 4(2)'],
    ['debt.decision', 'P8W', 'Wgs art. 4a'],
    ['debt.repayment', 'P18M', 'MSNP, sector norm since 2023-07-01'],
    ['housing.suitable-home', 'P6M', 'regional agreement (Twente)'],
  ])('nl has %s: %j by %s', (id, limit, basis) => {
    expect(rules('nl').terms[id]).toEqual({ limit, basis });
  });

  it('name every step that has no rule on a day', () => {
    expect(() => rulesOn(nl, '2010-01-01')).toThrow(/debt\.first-talk.*intake|intake.*debt\.first-talk/);
  });

  it('refuse two rules for the same thing on the same day', () => {
    expect(() => rulesOn({ ...nl, rules: [...nl.rules, nl.rules[0]!] }, day)).toThrow(
      /two rules.*personal-plan/,
    );
  });

  it('refuse a limit that is no duration', () => {
    const wrong = { ...nl, rules: [{ ...nl.rules[0]!, limit: '7 days' }] };
    expect(RuleSet.safeParse(wrong).success).toBe(false);
  });
});

it('a threat shortens the first talk to three working days', () => {
  expect(ruleOf('debt.first-talk', false)).toBe('debt.first-talk');
  expect(ruleOf('debt.first-talk', true)).toBe('debt.first-talk.threat');
});

it('every date tells its rule, set, version and basis', () => {
  expect(sourceOf(rules('nl'), 'debt.first-talk')).toEqual({
    rule: 'debt.first-talk',
    ruleSet: 'nl',
    version: '2026-07-01',
    basis: 'Wgs art. 4(1)',
  });
});
