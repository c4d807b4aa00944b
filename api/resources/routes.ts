/** Starting routes. */
import { randomUUID } from 'node:crypto';
import type { DataKind } from '../../contracts/processing.ts';
import { StartRouteBody } from '../../contracts/commands.ts';
import type { TargetGroupTemplate } from '../../contracts/target-group.ts';
import { t } from '../../contracts/text.ts';
import type { Origin } from '../../contracts/vocabulary.ts';
import { agreementOn } from '../../domain/agreement.ts';
import { basisText } from '../../domain/basis-texts.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { reported } from '../../domain/intake-terms.ts';
import { packedSignals } from '../../domain/missed-signals.ts';
import { begin } from '../../domain/step-transitions.ts';
import { countOf, isKnownRegion, normOf, regionOf, rulesOn, type RouteRules } from '../../domain/rules.ts';
import { carriedOf, groupOf } from '../../domain/template.ts';
import { mayReach, type Caller } from '../access.ts';
import type { Deps } from '../deps.ts';
import type { Started } from '../gateway/start.ts';
import { fingerprintOf, routeIdFor } from '../idempotency.ts';
import { operation, viaServer, type Reply } from '../operation.ts';
import { ApiProblem, invalidInput } from '../problems.ts';
import { pastMoment } from './application.ts';
import { deciders, KeyHeader, viewReply, viewResponse } from './parts.ts';

export const startRoute = operation({
  method: 'post',
  path: '/routes',
  operationId: 'startRoute',
  summary: 'Starts a route; the opening answer, origin, municipality and case manager are enough',
  tag: 'routes',
  roles: deciders,
  data: ['opening-answer'],
  headers: KeyHeader,
  body: { schema: StartRouteBody },
  speaks: true,
  responses: {
    200: viewResponse('The route that was started before under this idempotency key'),
    201: {
      ...viewResponse('The route'),
      headers: { ...viewResponse('').headers, Location: 'Path of the route' },
    },
  },
  problems: [...viaServer, 'idempotency-key-reused', 'worker-away', 'key-store-away', 'person-erased'],
  async handle({ caller, headers, body, language, deps }): Promise<Reply> {
    if (!mayReach(caller, body.municipality))
      throw new ApiProblem(
        'forbidden',
        t('Uw token is voor een andere gemeente.', 'Your token is for another municipality.'),
      );
    const key = headers['Idempotency-Key'];
    const routeId = key ? routeIdFor({ ...caller, key }) : randomUUID();
    const fingerprint = fingerprintOf(body, deps.fingerprintKey);
    // What is written under a key that was destroyed, nobody can read: that route has been, and is not begun once more.
    const state = (await deps.sealer.isForgotten(routeId))
      ? undefined
      : await firstState(routeId, body, caller, deps);
    const started = await (state ? deps.gateway.start(state, fingerprint) : startedBefore(deps, routeId));
    if (started.fingerprint !== fingerprint)
      throw new ApiProblem(
        'idempotency-key-reused',
        t(
          'Onder deze Idempotency-Key is een andere route gestart.',
          'Another route was started under this Idempotency-Key.',
        ),
      );
    if (!state || !started.isNew)
      return { ...viewReply(await deps.gateway.stateOf(routeId), language), routeId, data: dataOf(body) };
    const reply = viewReply(state, language, 201);
    return {
      ...reply,
      routeId,
      data: dataOf(body),
      headers: { ...reply.headers, Location: `/v1/routes/${routeId}` },
    };
  },
});

/** What of the person a start brings. */
function dataOf({ person, wishes, debts, threat, birthYear }: StartRouteBody): DataKind[] {
  const given = { identity: person, wishes, debts, threat, 'birth-year': birthYear };
  const kinds = (Object.keys(given) as (keyof typeof given)[]).filter((kind) => given[kind] !== undefined);
  return ['opening-answer', ...kinds];
}

/**
 * How a route was started whose data is deleted.
 * @throws ApiProblem person-erased when not even its course is kept any more
 */
async function startedBefore({ gateway }: Deps, routeId: string): Promise<Started> {
  try {
    return { isNew: false, fingerprint: await gateway.fingerprintOf(routeId) };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.kind !== 'unknown-route') throw error;
    throw new ApiProblem(
      'person-erased',
      t(
        'De route van deze Idempotency-Key is afgesloten en verwijderd. Begin een nieuwe onder een andere.',
        'The route of this Idempotency-Key was closed and deleted. Begin a new one under another.',
      ),
      { cause: error },
    );
  }
}

/** The first state of a route. What is personal is sealed here, before anything leaves for Temporal. */
async function firstState(
  routeId: string,
  { openingAnswer, person, wishes, targetGroup, ...codes }: StartRouteBody,
  caller: Caller,
  { sealer, ruleBook, rules, now: clock }: Deps,
): Promise<RouteState> {
  const now = clock();
  const { debts, threat, birthYear, missedSignals, reportedAt, region: _, ...needed } = codes;
  const group = groupFor(targetGroup, codes.origin, ruleBook);
  const template = group && carriedOf(group);
  const region = regionFor(codes, ruleBook);
  const place = { national: rules, municipality: needed.municipality, region, now };
  const agreement = agreementOn(ruleBook, place);
  const holding = rulesOn(ruleBook, place);
  refuseTooYoung(holding, birthYear, now);
  const report = reported(holding, reportedAt ? pastMoment(reportedAt, '/reportedAt', now) : now);
  const [answer, who, wished] = await Promise.all([
    sealer.seal(routeId, openingAnswer),
    person && sealer.seal(routeId, person),
    wishes && sealer.seal(routeId, wishes),
  ]);
  return begin({
    routeId,
    ...needed,
    targetGroup: group?.id ?? codes.origin,
    ...(template && { template }),
    ...(region && { region }),
    ...(agreement && { agreement }),
    ...(debts && { debts }),
    ...(threat && { threat }),
    ...(birthYear && { birthYear }),
    ...(missedSignals && { missedSignals: packedSignals(missedSignals) }),
    asksConsent: true,
    ...(report && { report }),
    openingAnswer: answer,
    ...(who && { person: who }),
    ...(wished && { wishes: wished }),
    rules: holding,
    by: caller.subject,
    now,
  });
}

/**
 * Where the rules know an age from which the intake is open: who turns that in a later year is not begun with.
 * @throws ApiProblem invalid-input
 */
function refuseTooYoung(rules: RouteRules, birthYear: number | undefined, now: string): void {
  const norm = normOf(rules, 'intake.minimum-age');
  if (!norm || birthYear === undefined || Number(now.slice(0, 4)) - birthYear >= countOf(norm)) return;
  const detail = t(
    `De intake is voor wie ${norm.value} jaar of ouder is: ${basisText(norm.basis, 'nl')}.`,
    `The intake is for those of ${norm.value} years and older: ${norm.basis}.`,
  );
  throw invalidInput([{ in: 'body', location: '/birthYear', code: 'too-young', detail }]);
}

/** @throws ApiProblem when there is no template of that id */
function groupFor(
  id: string | undefined,
  origin: Origin,
  { groups }: Deps['ruleBook'],
): TargetGroupTemplate | undefined {
  const group = id === undefined ? groupOf(groups, origin) : groups.get(id);
  if (group || id === undefined) return group;
  const known = [...groups.keys()].join(', ');
  const detail = t(
    `${id} is geen doelgroep; bekend zijn: ${known}.`,
    `${id} is no target group; known are: ${known}.`,
  );
  throw invalidInput([{ in: 'body', location: '/targetGroup', code: 'unknown-target-group', detail }]);
}

/** @throws ApiProblem naming both, when the region that a body names is not that of its municipality */
function regionFor(
  { municipality, region }: Pick<StartRouteBody, 'municipality' | 'region'>,
  ruleBook: Deps['ruleBook'],
): string | undefined {
  const own = regionOf(ruleBook, municipality);
  if (region === undefined || region === own) return own;
  if (own === undefined && !isKnownRegion(ruleBook, region)) return region;
  const detail = t(
    `${municipality} ligt niet in regio ${region}${own ? `, maar in ${own}` : ''}.`,
    `${municipality} does not lie in region ${region}${own ? `, but in ${own}` : ''}.`,
  );
  throw invalidInput([{ in: 'body', location: '/region', code: 'other-region', detail }]);
}
