/** Homes that a corporation offered. */
import { z } from 'zod';
import { OfferAnswerBody } from '../../contracts/commands.ts';
import { OfferId, RouteId } from '../../contracts/ids.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, viewResponse, decidersAndPerson } from './parts.ts';

export const answerOffer = operation({
  method: 'post',
  path: '/routes/{routeId}/offers/{offerId}/answer',
  operationId: 'answerOffer',
  summary: 'Accepts an offer, or refuses it with a typed reason',
  tag: 'commands',
  roles: decidersAndPerson,
  data: ['offer'],
  params: z.object({ routeId: RouteId, offerId: OfferId }),
  headers: CommandHeaders,
  body: { schema: OfferAnswerBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'offer-unknown', 'offer-already-answered'],
  handle: (call) =>
    give(call, 'answer-offer', async (seal) => {
      const { offerId } = call.params;
      if (call.body.accepted) return { kind: 'answer-offer', offerId, accepted: true };
      const { reason, note } = call.body;
      return {
        kind: 'answer-offer',
        offerId,
        accepted: false,
        reason,
        ...(note && { note: await seal(note) }),
      };
    }),
});
