/** Who did what with a person's data, and why: for the person, and for who decides about the route. */
import { z } from 'zod';
import { ProcessingList, type ProcessingDirection, type ProcessingView } from '../../contracts/processing.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { basisText } from '../../domain/basis-texts.ts';
import { processingText } from '../../domain/processing-texts.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { activityText } from '../../domain/activity-texts.ts';
import { isStepId } from '../../domain/steps.ts';
import { stepText } from '../../domain/texts.ts';
import type { ProcessingLine } from '../../platform/processing-log.ts';
import { operation, readsRoute } from '../operation.ts';
import { Cursor, openedCursor, signedCursor } from './cursor.ts';
import { deciders, OneRoute, visibleState } from './parts.ts';

export const listProcessing = operation({
  method: 'get',
  path: '/routes/{routeId}/processing',
  operationId: 'listProcessing',
  summary: 'Says who did what with the data of the person, when, what for and on which basis; latest first',
  tag: 'routes',
  roles: [...deciders, 'person'],
  params: OneRoute,
  query: z.strictObject({
    pageSize: z.coerce.number().int().min(1).max(200).default(100),
    cursor: Cursor.optional(),
  }),
  speaks: true,
  responses: { 200: { description: 'One page of all that is kept', schema: ProcessingList } },
  problems: readsRoute,
  async handle({ caller, params: { routeId }, query: { pageSize, cursor }, language, deps }) {
    const { gateway, processing, fingerprintKey } = deps;
    const state = await visibleState(gateway, caller, routeId);
    const lines = await processing.of(routeId);
    // Lines are only added: a page goes by how many lines were written before it, whatever comes in meanwhile.
    const list = { list: 'processing', routeId };
    const end = cursor ? Number(openedCursor(cursor, list, fingerprintKey)) : lines.length;
    const begin = Math.max(0, end - pageSize);
    const items = lines.slice(begin, end).map((line) => viewOf(line, state, language));
    const next = begin > 0 && { nextCursor: signedCursor(`${begin}`, list, fingerprintKey) };
    return { status: 200, body: { items: items.toReversed(), ...next } };
  },
});

/** Of lines from before it was written down. */
const directionOf = (name: string): ProcessingDirection =>
  isStepId(name) || /^(get|list|watch)/.test(name) ? 'received' : 'told';

function viewOf(
  { trace_id: traceId, name, end_time: at, attributes }: ProcessingLine,
  state: RouteState,
  language: Language,
): ProcessingView {
  const { 'dpl.outflow.role': role, 'dpl.outflow.party': party, 'dpl.outflow.data': data } = attributes;
  const title = isStepId(name) ? stepText(state, name, language) : activityText(name, language);
  const direction = attributes['dpl.outflow.direction'] ?? directionOf(name);
  return {
    at: new Date(at).toISOString(),
    by: attributes['dpl.outflow.by'],
    role,
    ...(party && { party }),
    direction,
    activity: name,
    data,
    basis: basisText(attributes['dpl.outflow.basis'], language),
    traceId,
    sentence: processingText({ role, party, direction, activity: name, data, title }, language),
  };
}
