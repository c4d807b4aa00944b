/** What a wrong cooperation agreement says at the start. Each test lays its own file over copies of the real ones. */
import { describe, expect, it } from 'vitest';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import twente from '../../rules/cooperation-agreements/twente.json' with { type: 'json' };
import nl from '../../rules/nl.json' with { type: 'json' };
import { faultIn, rulesFolder } from '../support/rules-folder.ts';

const now = '2026-11-02T09:00:00.000Z';
const file = 'twente.json';
const folder = rulesFolder();

/** Loads with one agreement written anew; what comes of it is the line that stops the start, or nothing. */
async function faultOf(name: string, content: unknown): Promise<string | undefined> {
  await folder.write(`cooperation-agreements/${name}`, content);
  return faultIn(() => loadRuleBook(now, folder.path));
}

const withParty = (party: string, change: object) => ({
  ...twente,
  parties: twente.parties.map((each) => (each.party === party ? { ...each, ...change } : each)),
});
const bankAccount = {
  fact: 'bank-account',
  title: { nl: 'een basisbankrekening', en: 'a basic bank account' },
  yieldedBy: ['debt.stabilisation'],
};
const withPromise = (change: object) => ({ ...twente, homePromise: { ...twente.homePromise, ...change } });

it('the real ones are in order', async () => {
  const { agreements } = await loadRuleBook(now);
  expect(agreements.map(({ id, overlays, homePromise }) => [id, overlays, homePromise?.rule])).toEqual([
    ['demo-region', 'demo', undefined],
    ['twente', 'nl', 'housing.suitable-home'],
  ]);
});

describe('an agreement with a fault stops the start with one line that names file and fault', () => {
  it.each([
    ['is no JSON', file, '{ "id": ', 'twente.json: no JSON: '],
    ['has no parties', file, { ...twente, parties: [] }, 'twente.json: parties: Too small'],
    ['says something that nobody knows', file, { ...twente, promise: 1 }, 'Unrecognized key: "promise"'],
    ['has another id than its file', file, { ...twente, id: 'salland' }, 'twente.json: its id is salland'],
    [
      'ends before it begins',
      file,
      { ...twente, until: '2026-06-30' },
      'twente.json: it ends on 2026-06-30, before it begins on 2026-07-01',
    ],
    [
      'lets a step yield a fact that there is not',
      file,
      { ...twente, facts: [{ fact: 'address', yieldedBy: ['housing.keys'] }] },
      'twente.json: there is no step housing.keys',
    ],
    [
      "has a party expect something before another's step",
      file,
      withParty('debt-service', { expects: [{ step: 'income.benefit', facts: [], basis: 'policy' }] }),
      'twente.json: income.benefit is no step of debt-service',
    ],
    [
      'has a party expect something before a step that there is not',
      file,
      withParty('debt-service', { expects: [{ step: 'debt.start', facts: [], basis: 'policy' }] }),
      'twente.json: debt.start is no step of debt-service',
    ],
    [
      'has a party promise what no step of it yields',
      file,
      withParty('benefits-office', { promises: [{ fact: 'home', within: 'P4W' }] }),
      "twente.json: benefits-office can't promise home: no step of it yields that",
    ],
    [
      'has a party promise support',
      file,
      withParty('housing-corporation', { promises: [{ fact: 'support', within: 'P4W' }] }),
      "twente.json: housing-corporation can't promise support: it has to be there",
    ],
    [
      'has a party expect a fact that nobody names',
      file,
      withParty('benefits-office', {
        expects: [{ step: 'income.benefit', facts: ['bank-account'], basis: 'policy' }],
      }),
      'twente.json: bank-account is no fact: neither of the process, nor among its own',
    ],
    [
      'adds a fact and does not say how it is called',
      file,
      { ...twente, facts: [{ fact: 'bank-account', yieldedBy: ['debt.stabilisation'] }] },
      'twente.json: facts.0.title: is for facts of the agreement itself, and they need one',
    ],
    [
      'calls a fact of the process by another name',
      file,
      { ...twente, facts: [{ ...bankAccount, fact: 'address' }] },
      'twente.json: facts.0.title: is for facts of the agreement itself',
    ],
    [
      'names a fact twice',
      file,
      { ...twente, facts: [bankAccount, { ...bankAccount, yieldedBy: ['income.benefit'] }] },
      'twente.json: bank-account stands among its facts twice',
    ],
    [
      'holds where another one holds',
      'twente-more.json',
      { ...twente, id: 'twente-more' },
      'twente.json: twente-more holds in the same region at the same time',
    ],
    [
      'promises a home by a rule that there is not',
      file,
      withPromise({ rule: 'housing.palace' }),
      'twente.json: homePromise: nl has no rule housing.palace while it holds',
    ],
    [
      'promises a home over a national rule set that there is not',
      file,
      { ...twente, overlays: 'be' },
      'twente.json: homePromise: be has no rule housing.suitable-home while it holds',
    ],
    [
      'promises a home over a rule set of a region',
      file,
      { ...twente, overlays: 'twente' },
      'twente.json: homePromise: twente has no rule housing.suitable-home while it holds',
    ],
    [
      'signals without a pause',
      file,
      withPromise({ signalEvery: 'PT0H0S' }),
      'twente.json: homePromise: signals every PT0H0S never end',
    ],
    [
      'signals to somebody who is none',
      file,
      withPromise({ signalTo: 'minister' }),
      'twente.json: homePromise.signalTo: Invalid option',
    ],
  ])('%s', async (_, name, content, line) => {
    const found = await faultOf(name, content);
    expect(found).toContain('rules/cooperation-agreements/');
    expect(found).toContain(line);
    expect(found).not.toContain('\n');
  });

  it('promises a home by a rule that holds no more', async () => {
    const rules = nl.rules.map((rule) =>
      rule.id === 'housing.suitable-home'
        ? [
            { ...rule, until: '2028-12-31' },
            { ...rule, from: '2029-01-01', limit: 'P9M' },
          ]
        : [rule],
    );
    await folder.write('nl.json', { ...nl, rules: rules.flat() });
    expect(await faultOf(file, twente)).toBeUndefined();
    await folder.write('nl.json', { ...nl, rules: rules.flatMap(([first]) => [first]) });
    expect(await faultOf(file, { ...twente, from: '2029-01-01' })).toContain(
      'homePromise: nl has no rule housing.suitable-home while it holds',
    );
  });
});

it('an agreement may add a fact of its own, which a party then expects and another promises', async () => {
  const benefits = withParty('benefits-office', {
    expects: [{ step: 'income.benefit', facts: ['bank-account'], basis: 'policy' }],
  });
  const debtService = benefits.parties.find(({ party }) => party === 'debt-service')!;
  const promises = [...debtService.promises, { fact: 'bank-account', within: 'P4W' }];
  const parties = benefits.parties.map((each) => (each === debtService ? { ...each, promises } : each));
  expect(
    await faultOf(file, { ...benefits, parties, facts: [...twente.facts, bankAccount] }),
  ).toBeUndefined();
});

it('a region need not promise a home', async () => {
  const { homePromise: _, ...without } = twente;
  expect(await faultOf(file, without)).toBeUndefined();
});

it('one agreement may follow another in the same region', async () => {
  await folder.write('cooperation-agreements/twente-later.json', {
    ...twente,
    id: 'twente-later',
    from: '2028-01-01',
  });
  expect(await faultOf(file, { ...twente, until: '2027-12-31' })).toBeUndefined();
});
