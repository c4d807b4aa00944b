/** The templates of the target groups as files: the real ones are in order, and a wrong one stops the start. */
import { expect, it } from 'vitest';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { carriedOf, groupOf, stepIdsOf, stepOf } from '../../domain/template.ts';
import youth from '../../rules/target-groups/youth.json' with { type: 'json' };
import { faultIn, rulesFolder } from '../support/rules-folder.ts';

const now = '2026-11-02T09:00:00.000Z';
const folder = rulesFolder();
const file = 'target-groups/youth.json';
const [step] = youth.steps;

it('a new group is a new file: it is there at the next start', async () => {
  await folder.write('target-groups/elderly.json', {
    id: 'elderly',
    version: '2026-07-01',
    title: { nl: 'Ouderen', en: 'Elderly people' },
    basis: 'practice [assumed]',
    origins: [],
    without: ['cti'],
    terms: { 'housing.offer-answer': 'partner.answer' },
    steps: [{ ...step, id: 'extra.calendar.rest', track: 'housing', before: 'housing.offer' }],
  });
  const { groups } = await loadRuleBook(now, folder.path);
  const template = carriedOf(groups.get('elderly')!);
  expect(template).toMatchObject({ id: 'elderly', without: ['cti'] });
  const route = { template: template! };
  expect(stepOf(route, 'housing.offer-answer').rule).toBe('partner.answer');
  expect(stepOf(route, 'extra.calendar.rest')).toMatchObject({ kind: 'period', party: 'calendar' });
  const ids = stepIdsOf(route);
  expect(ids.indexOf('extra.calendar.rest')).toBe(ids.indexOf('housing.offer') - 1);
});

it('each origin has a template, and one that changes nothing leaves nothing with the route', async () => {
  const { groups } = await loadRuleBook(now);
  for (const origin of ['shelter', 'womens-shelter', 'sheltered-living'] as const)
    expect(groupOf(groups, origin)?.id).toBe(origin);
  expect(carriedOf(groups.get('shelter')!)).toBeUndefined();
});

it.each([
  [{ steps: [{ ...step, id: 'extra.neighbour.tea' }] }, 'must be extra.{party}.{name}'],
  [{ steps: [{ ...step, before: 'cti.nothing' }] }, 'there is no step cti.nothing of the process'],
  [{ steps: [{ ...step, before: 'intake.registry-check' }] }, 'comes before anybody knows who the person is'],
  [{ steps: [{ ...step, before: 'closure.file' }] }, 'the closure of a route waits for nothing else'],
  [{ steps: [{ ...step, needs: ['luck'] }] }, 'luck is no fact of the process'],
  [{ steps: [step, step] }, 'stands among its steps twice'],
  [{ steps: [{ ...step, rule: 'youth.plan' }] }, 'has no rule youth.plan'],
  [{ terms: { 'intake.decision': 'partner.answer' } }, 'sets the term of intake.decision in '],
  [{ terms: { 'debt.first-talk': 'partner.answer' } }, 'sets the term of debt.first-talk in '],
  [{ without: ['income'] }, 'without.0: '],
  [{ origins: ['shelter'] }, 'shelter is the template of shelter already'],
])('%j: %s', async (change, fault) => {
  await folder.write(file, { ...youth, ...change });
  const told = await faultIn(() => loadRuleBook(now, folder.path));
  expect(told).toContain(`rules/${file}: `);
  expect(told).toContain(fault);
});
