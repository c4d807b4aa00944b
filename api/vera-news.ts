/** What a corporation says in VERA, as the partner event that it is. Pure; docs/partners.md has the table. */
import type { z } from 'zod';
import { PartnerEvent } from '../contracts/partner-event.ts';
import {
  Aanbieding,
  Toewijzing,
  veraAttributes,
  veraCodes,
  veraEntities,
  veraOfferStatuses,
  Voorrangsregeling,
  type VeraEntity,
  type VeraMessage,
} from '../contracts/vera.ts';
import { parseRequestId } from '../domain/request-id.ts';

export interface VeraNews {
  readonly entity: VeraEntity;
  /** The entity as it is now; not yet checked. */
  readonly body: unknown;
  /** Header X-Stuurgegevens-Referentienummer: the request that is answered. Left out: the entity's idExtern. */
  readonly reference?: string;
  /** The corporation's own, `urn:nld:oin:…:systeem:housing-corporation`. */
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** A message that no event can be made of: `fields` are what is missing or wrong in it, by VERA's names. Never with a value. */
export class VeraUnclear extends Error {
  override readonly name = 'VeraUnclear';
  readonly fields: readonly string[];
  constructor(fields: readonly string[], cause?: unknown) {
    super(`The VERA message is not clear about ${fields.join(', ')}`, { cause });
    this.fields = fields;
  }
}

/**
 * The event; undefined when the entity has nothing to tell yet, or tells only what the route knows (an offer's answer).
 * The same entity in the same standing gives the same event id, so that told twice it counts once; a home that is
 * offered again for a later attempt is another event.
 * @throws VeraUnclear
 */
export function partnerEventOf({
  entity,
  body,
  reference,
  source,
  time,
}: VeraNews): PartnerEvent | undefined {
  const message = readers[entity](body, reference);
  if (!message) return undefined;
  const { requestId, type, id, data } = message;
  const parsed = PartnerEvent.safeParse({
    specversion: '1.0',
    id,
    source,
    subject: requestId.split(':')[0],
    type: `nl.uitstroomroutes.${type}.v1`,
    time,
    datacontenttype: 'application/json',
    data,
  });
  if (!parsed.success) throw new VeraUnclear(whatIsWrong(parsed.error).map(inVera), parsed.error);
  return parsed.data;
}

interface Told {
  readonly requestId: string;
  readonly type: 'offer-made' | 'offer-withdrawn' | 'step-completed';
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const readers: Readonly<Record<VeraEntity, (body: unknown, reference?: string) => Told | undefined>> = {
  aanbieding(body, reference) {
    const offer = checked(Aanbieding, body);
    const { requestId, attempt } = requestOf('aanbieding', offer, reference);
    const { id, status, detailStatus } = offer;
    if (status?.code === veraCodes.offered.code) {
      const rent = attribute(offer, 'monthlyRent');
      const data = {
        requestId,
        offerId: id ?? unclear('id'),
        housingForm: attribute(offer, 'housingForm') ?? unclear(veraAttributes.housingForm),
        area: attribute(offer, 'area'),
        lease: attribute(offer, 'lease'),
        monthlyRent: rent === undefined ? undefined : Number(rent),
      };
      return { requestId, type: 'offer-made', id: `aanbieding:${id}:${attempt}:AAN`, data };
    }
    if (status && !veraOfferStatuses.has(status.code)) unclear('status.code');
    if (status?.code !== veraCodes.withdrawn.code) return undefined;
    const reason = detailStatus?.code.toLowerCase() ?? 'withdrawn';
    const data = { offerId: id ?? unclear('id'), reason };
    return { requestId, type: 'offer-withdrawn', id: `aanbieding:${id}:${attempt}:ING`, data };
  },
  toewijzing(body, reference) {
    const allocation = checked(Toewijzing, body);
    const { requestId, stepId } = requestOf('toewijzing', allocation, reference);
    const isDone =
      stepId === 'housing.key-handover' ? attribute(allocation, 'keysHandedOver') : allocation.overeenkomst;
    return isDone === undefined ? undefined : completed('toewijzing', requestId);
  },
  voorrangsregeling(body, reference) {
    const priority = checked(Voorrangsregeling, body);
    const { requestId } = requestOf('voorrangsregeling', priority, reference);
    return priority.begindatum === undefined ? undefined : completed('voorrangsregeling', requestId);
  },
};

const completed = (entity: VeraEntity, requestId: string): Told => ({
  requestId,
  type: 'step-completed',
  id: `${entity}:${requestId}`,
  data: { requestId },
});

/** The request that is answered, when it is one that this entity can answer. */
function requestOf(entity: VeraEntity, message: VeraMessage, reference: string | undefined) {
  const requestId = reference ?? message.idExtern ?? unclear('idExtern');
  const asked = parseRequestId(requestId);
  if (!asked || veraEntities[asked.stepId] !== entity)
    return unclear(reference === undefined ? 'idExtern' : 'X-Stuurgegevens-Referentienummer');
  return { ...asked, requestId };
}

function attribute(message: VeraMessage, name: keyof typeof veraAttributes): string | undefined {
  return message['extra-attributen']?.find(({ naam }) => naam === veraAttributes[name])?.waarde;
}

function checked<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  throw new VeraUnclear(whatIsWrong(error), error);
}

const whatIsWrong = ({ issues }: z.ZodError): string[] => [
  ...new Set(issues.map(({ path }) => path.join('.') || 'its body')),
];

/** What an event has under a name of ours, as the message has it. */
const inVera = (field: string): string => veraNames[field] ?? field;
const veraNames: Readonly<Record<string, string>> = {
  subject: 'idExtern',
  'data.requestId': 'idExtern',
  'data.offerId': 'id',
  'data.reason': 'detailStatus.code',
  'data.housingForm': veraAttributes.housingForm,
  'data.area': veraAttributes.area,
  'data.monthlyRent': veraAttributes.monthlyRent,
  'data.lease': veraAttributes.lease,
};

function unclear(field: string): never {
  throw new VeraUnclear([field]);
}
