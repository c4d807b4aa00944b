/** The housing agreement of a region and a year, and what became of it. */
import { z } from 'zod';
import { CloseAgreementBody, HousingAgreementBody } from '../../contracts/housing-agreement.ts';
import { AgreementView, QueueView, Utilisation } from '../../contracts/housing-agreement-views.ts';
import { smallestCount } from '../../contracts/home-promise-report.ts';
import { t } from '../../contracts/text.ts';
import { figuresForPolicy } from '../../domain/housing-agreement/figures-for-policy.ts';
import { begin, type AgreementState } from '../../domain/housing-agreement/state.ts';
import { agreementView, queueView, utilisation } from '../../domain/housing-agreement/views.ts';
import { regionOf } from '../../domain/rules.ts';
import type { OperationDeps } from '../deps.ts';
import { IfMatch, strongTags } from '../if-match.ts';
import { operation, type Reply } from '../operation.ts';
import { ApiProblem, invalidInput } from '../problems.ts';
import {
  agreementMakers,
  agreementReaders,
  giveLedger,
  OneAgreement,
  placeReaders,
  reachable,
  readsAgreement,
} from './agreement-parts.ts';
import { isKnown, KeyHeader } from './parts.ts';

const path = '/housing-agreements/{region}/{year}';
const headers = { ETag: 'Version of the agreement' };
const view = (description: string) => ({ description, schema: AgreementView, headers });

export const putHousingAgreement = operation({
  method: 'put',
  path,
  operationId: 'putHousingAgreement',
  summary: 'Makes the housing agreement of a region and a year, or amends it; never below what is taken',
  tag: 'agreements',
  roles: agreementMakers,
  params: OneAgreement,
  headers: z.object({
    'If-Match': IfMatch.optional().describe(
      'ETag of the version that is amended; left out to make an agreement',
    ),
  }),
  body: { schema: HousingAgreementBody },
  responses: { 200: view('The agreement as it is now'), 201: view('The agreement that was made') },
  problems: [
    ...readsAgreement,
    'agreement-changed',
    'agreement-version-missing',
    'agreement-closed',
    'below-taken',
  ],
  async handle(call) {
    const { caller, params, headers, body, deps } = call;
    const { region, year } = reachable(caller, params, deps.ruleBook);
    checkRegion(body, region, deps);
    const { agreements } = deps.gateway;
    const ifMatch = headers['If-Match'];
    const first = begin({ region, year, terms: body }, deps.now());
    if (ifMatch === undefined && (await agreements.begin(first))) return reply(first, 201);
    const current = await agreements.stateOf(region, year);
    const tags = strongTags(ifMatch);
    // No agreement has version 0: the ledger itself refuses, unless the present version is one of those that were named.
    const version = !tags || tags.includes(`"${current.version}"`) ? current.version : 0;
    const isSame = JSON.stringify(current.terms) === JSON.stringify(body);
    if (ifMatch === undefined && !isSame) throw versionMissing(current);
    if (!isSame)
      await giveLedger({ ...call, headers: {} }, 'amend', () => ({ kind: 'amend', terms: body, version }));
    return reply(await agreements.stateOf(region, year));
  },
});

/** Each place lies in the region. */
function checkRegion(body: HousingAgreementBody, region: string, { ruleBook }: OperationDeps): void {
  const faults = body.agreed.flatMap(({ municipality }, i) =>
    regionOf(ruleBook, municipality) === region
      ? []
      : [
          {
            in: 'body' as const,
            location: `/agreed/${i}/municipality`,
            code: 'other-region',
            detail: t(
              `${municipality} ligt niet in regio ${region}.`,
              `${municipality} does not lie in region ${region}.`,
            ),
          },
        ],
  );
  if (faults.length > 0) throw invalidInput(faults);
}

function versionMissing({ version }: AgreementState): ApiProblem {
  return new ApiProblem(
    'agreement-version-missing',
    t(
      `Er is al een afspraak: stuur If-Match: "${version}" mee om die te wijzigen.`,
      `There is an agreement already: send If-Match: "${version}" to amend that.`,
    ),
  );
}

function reply(state: AgreementState, status = 200): Reply {
  return { status, body: agreementView(state), headers: { ETag: `"${state.version}"` } };
}

/** What the looks at an agreement have in common. */
const look = {
  method: 'get',
  tag: 'agreements',
  roles: agreementReaders,
  params: OneAgreement,
  problems: readsAgreement,
} as const;

export const getHousingAgreement = operation({
  ...look,
  path,
  operationId: 'getHousingAgreement',
  summary: 'Shows the housing agreement of a region and a year',
  headers: z.object({ 'If-None-Match': z.string().max(1000).optional() }),
  responses: { 200: view('The agreement'), 304: { description: 'Not changed since', headers } },
  async handle({ caller, params, headers, deps }) {
    const { region, year } = reachable(caller, params, deps.ruleBook);
    const answer = reply(await deps.gateway.agreements.stateOf(region, year));
    if (!isKnown(answer.headers!.ETag!, headers['If-None-Match'])) return answer;
    return { status: 304, headers: answer.headers! };
  },
});

export const getUtilisation = operation({
  ...look,
  path: `${path}/utilisation`,
  operationId: 'getUtilisation',
  summary:
    'Says what is agreed, reserved, realised and free, by corporation, municipality, form and neighbourhood; policy gets no small numbers',
  responses: { 200: { description: 'The numbers', schema: Utilisation } },
  async handle({ caller, params, deps }) {
    const { region, year } = reachable(caller, params, deps.ruleBook);
    const all = utilisation(await deps.gateway.agreements.stateOf(region, year));
    return { status: 200, body: caller.role === 'policy' ? figuresForPolicy(all, smallestCount) : all };
  },
});

export const getQueue = operation({
  ...look,
  path: `${path}/queue`,
  operationId: 'getQueue',
  summary: 'Shows who waits for a place, in order, each with the reason for their place; route ids only',
  roles: placeReaders,
  speaks: true,
  responses: { 200: { description: 'The queue', schema: QueueView } },
  async handle({ caller, params, language, deps }) {
    const { region, year } = reachable(caller, params, deps.ruleBook);
    const state = await deps.gateway.agreements.stateOf(region, year);
    return { status: 200, body: queueView(state, language) };
  },
});

export const closeHousingAgreement = operation({
  method: 'post',
  path: `${path}/closure`,
  operationId: 'closeHousingAgreement',
  summary: 'Closes the year: nobody new comes in, free places and the queue are carried over as was agreed',
  tag: 'agreements',
  roles: agreementMakers,
  params: OneAgreement,
  headers: KeyHeader,
  body: { schema: CloseAgreementBody },
  responses: { 200: view('The agreement, closed') },
  problems: [...readsAgreement, 'idempotency-key-reused'],
  async handle(call) {
    const { carryOver } = call.body;
    await giveLedger(call, 'close', () => ({ kind: 'close', carryOver }));
    const { region, year } = reachable(call.caller, call.params, call.deps.ruleBook);
    return reply(await call.deps.gateway.agreements.stateOf(region, year));
  },
});
