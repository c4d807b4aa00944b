/** The dated rules with their basis: national ones, and what regions and municipalities set over them. */
import { z } from 'zod';
import { RuleSet } from '../../contracts/rule-set.ts';
import { t } from '../../contracts/text.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import { operation } from '../operation.ts';
import { ApiProblem } from '../problems.ts';

/** Who may see data that is about no route. */
export const readers: readonly Role[] = [
  'case-manager',
  'process-director',
  'operations',
  'policy',
  'partner',
];

const RuleSetList = z
  .object({ items: z.array(RuleSet) })
  .meta({ id: 'RuleSetList', example: { items: [RuleSet.meta()!.example] } });

export const listRuleSets = operation({
  method: 'get',
  path: '/rule-sets',
  operationId: 'listRuleSets',
  summary: 'Lists the rule sets: national, of regions, of municipalities',
  tag: 'rules',
  roles: readers,
  responses: { 200: { description: 'All rule sets', schema: RuleSetList } },
  problems: [],
  handle: ({ deps }) => ({ status: 200, body: { items: [...deps.ruleBook.sets.values()] } }),
});

export const getRuleSet = operation({
  method: 'get',
  path: '/rule-sets/{ruleSetId}',
  operationId: 'getRuleSet',
  summary: 'Shows a rule set: each term with its limit and its basis',
  tag: 'rules',
  roles: readers,
  params: z.object({ ruleSetId: z.string().regex(/^[A-Za-z0-9-]{1,60}$/) }),
  responses: { 200: { description: 'The rule set', schema: RuleSet } },
  problems: ['unknown-rule-set'],
  handle({ params, deps }) {
    const body = deps.ruleBook.sets.get(params.ruleSetId);
    if (!body)
      throw new ApiProblem(
        'unknown-rule-set',
        t('Er is geen regelset met dit id.', 'There is no rule set with this id.'),
      );
    return { status: 200, body };
  },
});
