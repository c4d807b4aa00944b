/** The cooperation agreements of the regions: what each party expects, what it may be asked to promise. */
import { z } from 'zod';
import { CooperationAgreement } from '../../contracts/cooperation-agreement.ts';
import { t } from '../../contracts/text.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import { operation } from '../operation.ts';
import { ApiProblem } from '../problems.ts';

const readers: readonly Role[] = ['case-manager', 'process-director', 'operations', 'policy', 'partner'];

const CooperationAgreementList = z
  .object({ items: z.array(CooperationAgreement) })
  .meta({ id: 'CooperationAgreementList', example: { items: [CooperationAgreement.meta()!.example] } });

export const listCooperationAgreements = operation({
  method: 'get',
  path: '/cooperation-agreements',
  operationId: 'listCooperationAgreements',
  summary: 'Lists the cooperation agreements of the regions',
  tag: 'rules',
  roles: readers,
  responses: { 200: { description: 'All cooperation agreements', schema: CooperationAgreementList } },
  problems: [],
  handle: ({ deps }) => ({ status: 200, body: { items: [...deps.ruleBook.agreements] } }),
});

export const getCooperationAgreement = operation({
  method: 'get',
  path: '/cooperation-agreements/{agreementId}',
  operationId: 'getCooperationAgreement',
  summary:
    'Shows a cooperation agreement: parties, what each expects and promises, and who decides in an impasse',
  tag: 'rules',
  roles: readers,
  params: z.object({ agreementId: z.string().regex(/^[a-z-]{1,40}$/) }),
  responses: { 200: { description: 'The cooperation agreement', schema: CooperationAgreement } },
  problems: ['unknown-cooperation-agreement'],
  handle({ params, deps }) {
    const body = deps.ruleBook.agreements.find(({ id }) => id === params.agreementId);
    if (!body)
      throw new ApiProblem(
        'unknown-cooperation-agreement',
        t(
          'Er zijn geen samenwerkingsafspraken met dit id.',
          'There is no cooperation agreement with this id.',
        ),
      );
    return { status: 200, body };
  },
});
