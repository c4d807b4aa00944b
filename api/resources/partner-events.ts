/** What partners tell, and how it was judged. */
import { z } from 'zod';
import { MessageId, RouteId } from '../../contracts/ids.ts';
import { PartnerEvent, ReceiptBody } from '../../contracts/partner-event.ts';
import { t } from '../../contracts/text.ts';
import { EventReceipt } from '../../contracts/views.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { inWords } from '../../domain/reason-texts.ts';
import { eventMediaTypes, isStructured, readEvent, refuseBatch } from '../cloud-event.ts';
import { checkForm, checkStep, organisationOf } from '../event-sender.ts';
import { checkSignature } from '../event-signature.ts';
import { checkTime } from '../event-window.ts';
import type { Gateway } from '../gateway.ts';
import { operation, readsRoute, viaServer } from '../operation.ts';
import { partInRoute } from '../part-in-route.ts';
import { dataOfNews, newsOf, receiptOf } from '../partner-news.ts';
import { ApiProblem, unknownRoute } from '../problems.ts';
import { missing, signedInHeaders, SignatureHeaders, signing } from '../signature-problems.ts';
import { inTraceOf } from '../traced-news.ts';
import { checkReach, visibleState } from './parts.ts';

export const tellPartnerEvent = operation({
  method: 'post',
  path: '/partner-events',
  operationId: 'tellPartnerEvent',
  summary:
    'Tells news of a partner as a CloudEvent (NL GOV profile), structured or binary; always gives a receipt',
  tag: 'partners',
  roles: ['partner'],
  ownKey: 'the id of the event within its party: a second arrival is answered `duplicate`',
  speaks: true,
  headers: SignatureHeaders,
  body: {
    schema: PartnerEvent,
    mediaTypes: eventMediaTypes,
    limitBytes: 64 * 1024,
    read: readEvent,
    refuse: refuseBatch,
  },
  responses: {
    200: { description: 'Durable and judged', schema: ReceiptBody },
    202: {
      description: 'Durable; judged later, for nobody could at once',
      schema: ReceiptBody,
      example: { receipt: 'queued' },
    },
  },
  problems: [
    'batch-not-taken',
    'not-your-source',
    'not-your-step',
    'event-out-of-time',
    'unknown-route',
    'worker-away',
    'key-store-away',
    ...signing,
    ...viaServer,
  ],
  async handle({ caller, body: event, sent, language, deps }) {
    const { gateway, sealer, partners, fingerprintKey, eventWindowDays: windowDays } = deps;
    const now = deps.now();
    const organisation = organisationOf(event.source, caller, partners);
    if (organisation.keys && !isStructured(sent))
      throw sent.headers['payload-signature'] === undefined
        ? missing('Payload-Signature')
        : signedInHeaders();
    await checkSignature(organisation, sent, now);
    checkTime(event.time, { now, windowDays });
    checkStep(event, caller);
    checkForm(event, deps, () => (isStructured(sent) ? '/data/housingForm' : '/housingForm'));
    const routeId = event.subject;
    await checkReach(gateway, caller, routeId);
    if (event.type === 'nl.uitstroomroutes.concern-raised.v1')
      await checkPart(gateway, routeId, caller.party!);
    // A note is sealed under the key of this route's person; there is none for a route that does not exist.
    if ('note' in event.data && event.data.note) await gateway.municipalityOf(routeId);
    const news = await newsOf(event, caller.party!, {
      seal: (note) => sealer.seal(routeId, note),
      fingerprintKey,
    });
    const { receipt, reason } = await inTraceOf(event, sent, () => gateway.tell(routeId, news));
    deps.metrics?.told({ party: caller.party!, type: event.type, receipt });
    const body = { receipt, ...inWords(reason, language) };
    return { status: receipt === 'queued' ? 202 : 200, body, routeId, data: dataOfNews(news) };
  },
});

/**
 * An answer names a request, which its route knows; a concern names none. Of whom the route never asks anything it is not
 * heard, nor whether there is such a route. While nobody can look, it is taken in: a concern that is lost is worse.
 * @throws ApiProblem unknown-route
 */
async function checkPart(gateway: Gateway, routeId: string, party: PartnerParty): Promise<void> {
  if (!(await partInRoute(gateway, routeId, party))) throw unknownRoute();
}

export const getPartnerEvent = operation({
  method: 'get',
  path: '/partner-events/{routeId}/{eventId}',
  operationId: 'getPartnerEvent',
  summary: 'Says how an event was judged',
  tag: 'partners',
  roles: ['partner', 'operations'],
  params: z.object({ routeId: RouteId, eventId: MessageId }),
  speaks: true,
  responses: { 200: { description: 'The receipt', schema: EventReceipt } },
  problems: [...readsRoute, 'unknown-event'],
  async handle({ caller, params: { routeId, eventId }, language, deps }) {
    const state = await visibleState(deps.gateway, caller, routeId);
    const body = receiptOf(state, eventId, caller.party);
    if (!body)
      throw new ApiProblem(
        'unknown-event',
        t(
          'Deze route kent dit bericht van u niet, of moet het nog beoordelen.',
          'This route knows no such event of yours, or has yet to judge it.',
        ),
      );
    return { status: 200, body: { ...body, ...inWords(body.reason, language) } };
  },
});
