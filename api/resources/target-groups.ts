/** The templates of the target groups: what each changes of the process. */
import { z } from 'zod';
import { TargetGroupTemplate } from '../../contracts/target-group.ts';
import { operation } from '../operation.ts';
import { readers } from './rule-sets.ts';

const TargetGroupList = z
  .object({ items: z.array(TargetGroupTemplate) })
  .meta({ id: 'TargetGroupList', example: { items: [TargetGroupTemplate.meta()!.example] } });

export const listTargetGroups = operation({
  method: 'get',
  path: '/target-groups',
  operationId: 'listTargetGroups',
  summary:
    'Lists the target groups: which tracks their routes do without, which steps and terms are their own',
  tag: 'rules',
  roles: readers,
  responses: { 200: { description: 'All templates', schema: TargetGroupList } },
  problems: [],
  handle: ({ deps }) => ({ status: 200, body: { items: [...deps.ruleBook.groups.values()] } }),
});
