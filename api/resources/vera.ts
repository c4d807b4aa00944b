/** What a housing corporation tells in VERA: the same news as a CloudEvent, on paths of VERA's own names. */
import { z } from 'zod';
import { ReceiptBody, type PartnerEvent } from '../../contracts/partner-event.ts';
import { t } from '../../contracts/text.ts';
import {
  Aanbieding,
  Toewijzing,
  veraAttributes,
  veraPaths,
  Voorrangsregeling,
  type VeraEntity,
} from '../../contracts/vera.ts';
import { inWords } from '../../domain/reason-texts.ts';
import { checkForm, onlyOrganisationOf } from '../event-sender.ts';
import { checkSignature } from '../event-signature.ts';
import { operation, viaServer, type Operation } from '../operation.ts';
import { dataOfNews, newsOf } from '../partner-news.ts';
import { ApiProblem, invalidInput, type InputFault } from '../problems.ts';
import { SignatureHeaders, signing } from '../signature-problems.ts';
import { partnerEventOf, VeraUnclear, type VeraNews } from '../vera-news.ts';
import { checkReach } from './parts.ts';

const REFERENCE = 'X-Stuurgegevens-Referentienummer';
const Reference = SignatureHeaders.extend({
  [REFERENCE]: z
    .string()
    .max(128)
    .optional()
    .describe("The request that is answered; else the entity's idExtern"),
});

function telling(entity: VeraEntity, schema: z.ZodType, operationId: string, summary: string): Operation {
  return operation({
    method: 'post',
    path: `/vera${veraPaths[entity]}`,
    operationId,
    summary,
    tag: 'partners',
    roles: ['partner'],
    ownKey:
      'the request that it answers, and of an offer its id and status: a second arrival is answered `duplicate`',
    headers: Reference,
    speaks: true,
    body: { schema, limitBytes: 64 * 1024 },
    responses: {
      200: { description: 'Durable and judged', schema: ReceiptBody },
      202: {
        description: 'Durable; judged later, for nobody could at once',
        schema: ReceiptBody,
        example: { receipt: 'queued' },
        headers: { Location: 'Where to ask how it was judged' },
      },
      204: { description: 'The entity has nothing to tell yet, or only what the route knows' },
    },
    problems: [
      'not-your-source',
      'not-your-step',
      'unknown-route',
      'worker-away',
      'key-store-away',
      ...signing,
      ...viaServer,
    ],
    async handle({ caller, headers, body, sent, language, deps }) {
      const { gateway, sealer, partners, fingerprintKey, now } = deps;
      if (caller.party !== 'housing-corporation')
        throw new ApiProblem(
          'not-your-step',
          t('Alleen een woningcorporatie spreekt hier VERA.', 'Only a housing corporation speaks VERA here.'),
        );
      // No message says whose it is: the token does.
      const organisation = onlyOrganisationOf(caller, partners);
      await checkSignature(organisation, sent, now());
      const [source] = organisation.sources as [string];
      const reference = headers[REFERENCE];
      const event = eventOf({ entity, body, ...(reference && { reference }), source, time: now() });
      if (!event) return { status: 204 };
      checkForm(event, deps, () => placeIn(veraAttributes.housingForm, body));
      const routeId = event.subject;
      await checkReach(gateway, caller, routeId);
      const news = await newsOf(event, caller.party, {
        seal: (note) => sealer.seal(routeId, note),
        fingerprintKey,
      });
      const data = dataOfNews(news);
      const { receipt: of, reason } = await gateway.tell(routeId, news);
      const receipt = { receipt: of, ...inWords(reason, language) };
      if (receipt.receipt !== 'queued') return { status: 200, body: receipt, routeId, data };
      const headersOut = { Location: `/v1/partner-events/${routeId}/${event.id}` };
      return { status: 202, body: receipt, headers: headersOut, routeId, data };
    },
  });
}

export const tellVeraPriority = telling(
  'voorrangsregeling',
  Voorrangsregeling,
  'tellVeraPriority',
  'Tells in VERA that an urgency stands; gives a receipt, as for any news of a partner',
);
export const tellVeraOffer = telling(
  'aanbieding',
  Aanbieding,
  'tellVeraOffer',
  'Tells in VERA that a home is offered, or offered no longer',
);
export const tellVeraAllocation = telling(
  'toewijzing',
  Toewijzing,
  'tellVeraAllocation',
  'Tells in VERA that the contract is there, or that the keys were handed over',
);

/** @throws ApiProblem invalid-input with what is missing or wrong */
function eventOf(news: VeraNews): PartnerEvent | undefined {
  try {
    return partnerEventOf(news);
  } catch (error) {
    if (!(error instanceof VeraUnclear)) throw error;
    throw invalidInput(error.fields.map((field) => faultAt(field, news.body)));
  }
}

function faultAt(field: string, body: unknown): InputFault {
  const inHeader = field === REFERENCE;
  return {
    in: inHeader ? 'header' : 'body',
    location: inHeader ? REFERENCE : placeIn(field, body),
    code: 'unclear',
    detail: t(`het bericht is niet duidelijk over ${field}`, `the message is not clear about ${field}`),
  };
}

const attributeNames: ReadonlySet<string> = new Set(Object.values(veraAttributes));

/** Where in the entity a field stands: an extra attribute by its place in the list, where it is there. */
function placeIn(field: string, body: unknown): string {
  if (field === 'its body') return '';
  if (!attributeNames.has(field)) return `/${field.replaceAll('.', '/')}`;
  const listed = (body as { 'extra-attributen'?: { naam?: string }[] })['extra-attributen'] ?? [];
  const at = listed.findIndex(({ naam }) => naam === field);
  return at < 0 ? '/extra-attributen' : `/extra-attributen/${at}/waarde`;
}
