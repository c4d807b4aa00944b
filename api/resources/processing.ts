/** Who did what with a person's data, and why: for the person, and for who decides about the route. */
import { ProcessingList, type ProcessingView } from '../../contracts/processing.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { basisText } from '../../domain/basis-texts.ts';
import { processingText } from '../../domain/processing-texts.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { isStepId } from '../../domain/steps.ts';
import { stepText } from '../../domain/texts.ts';
import type { ProcessingLine } from '../../platform/processing-log.ts';
import { operation, readsRoute } from '../operation.ts';
import { deciders, OneRoute, visibleState } from './parts.ts';

export const listProcessing = operation({
  method: 'get',
  path: '/routes/{routeId}/processing',
  operationId: 'listProcessing',
  summary: 'Says who did what with the data of the person, when, what for and on which basis; latest first',
  tag: 'routes',
  roles: [...deciders, 'person'],
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'All of it that is kept', schema: ProcessingList } },
  problems: readsRoute,
  async handle({ caller, params: { routeId }, language, deps: { gateway, processing } }) {
    const state = await visibleState(gateway, caller, routeId);
    const lines = await processing.of(routeId);
    return { status: 200, body: { items: lines.map((line) => viewOf(line, state, language)).toReversed() } };
  },
});

function viewOf(
  { name, end_time: at, attributes }: ProcessingLine,
  state: RouteState,
  language: Language,
): ProcessingView {
  const { 'dpl.outflow.role': role, 'dpl.outflow.party': party, 'dpl.outflow.data': data } = attributes;
  const title = isStepId(name) ? stepText(state, name, language) : name;
  return {
    at: new Date(at).toISOString(),
    by: attributes['dpl.outflow.by'],
    role,
    ...(party && { party }),
    activity: name,
    data,
    basis: basisText(attributes['dpl.outflow.basis'], language),
    sentence: processingText({ role, party, activity: name, data, title }, language),
  };
}
