/** What partners tell, and how it was judged. */
import { z } from 'zod';
import { MessageId, RouteId } from '../../contracts/ids.ts';
import { PartnerEvent, ReceiptBody } from '../../contracts/partner-event.ts';
import { t } from '../../contracts/text.ts';
import { EventReceipt } from '../../contracts/views.ts';
import { inWords } from '../../domain/reason-texts.ts';
import { eventMediaTypes, isStructured, readEvent, refuseBatch } from '../cloud-event.ts';
import { checkForm, checkStep, organisationOf } from '../event-sender.ts';
import { checkSignature } from '../event-signature.ts';
import { checkTime } from '../event-window.ts';
import { operation, readsRoute, viaServer } from '../operation.ts';
import { dataOfNews, newsOf, receiptOf } from '../partner-news.ts';
import { ApiProblem } from '../problems.ts';
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
    const A = [performance.now()];
    const organisation = organisationOf(event.source, caller, partners);
    if (organisation.keys && !isStructured(sent))
      throw sent.headers['payload-signature'] === undefined
        ? missing('Payload-Signature')
        : signedInHeaders();
    await checkSignature(organisation, sent, now);
    checkTime(event.time, { now, windowDays });
    checkStep(event, caller);
    checkForm(event, deps, () => (isStructured(sent) ? '/data/housingForm' : '/housingForm'));
    A.push(performance.now());
    const routeId = event.subject;
    await checkReach(gateway, caller, routeId);
    A.push(performance.now());
    // A note under the key of this route's person; there is none for a route that does not exist.
    if ('note' in event.data && event.data.note) await gateway.municipalityOf(routeId);
    const news = await newsOf(event, caller.party!, {
      seal: (note) => sealer.seal(routeId, note),
      fingerprintKey,
    });
    A.push(performance.now());
    const { receipt, reason } = await inTraceOf(event, sent, () => gateway.tell(routeId, news));
    A.push(performance.now());
    (await import('node:fs')).appendFileSync(
      '/tmp/w/probe.txt',
      'tell:checks,part,news,tell ' +
        A.slice(1)
          .map((x, i) => (x - A[i]!).toFixed(2))
          .join(' ') +
        '\n',
    );
    deps.metrics?.told({ party: caller.party!, type: event.type, receipt });
    const body = { receipt, ...inWords(reason, language) };
    return { status: receipt === 'queued' ? 202 : 200, body, routeId, data: dataOfNews(news) };
  },
});

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
