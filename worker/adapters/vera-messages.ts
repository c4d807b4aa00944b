/** A request or a release as the call in VERA that is nearest to it. Pure. Why each is so: docs/partners.md. */
import { PartnerFailed } from '../../activities/ports.ts';
import type { PartnerRelease, PartnerRequest } from '../../contracts/partner-request.ts';
import {
  veraAttributes,
  veraCodes,
  veraEntities,
  veraPaths,
  type VeraEntity,
  type VeraMessage,
} from '../../contracts/vera.ts';

export interface VeraCall {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: VeraMessage;
}

/**
 * A new entity, known by the request's id; the keys are asked for in the Toewijzing that the contract was asked in.
 * @throws PartnerFailed PartnerRejected when VERA has no place for the step, or for a field that it discloses
 */
export function veraRequest(request: PartnerRequest): VeraCall {
  const { requestId, stepId, municipality, dueAt, basis, replyTo, data } = request;
  const entity = entityOf(stepId);
  const attributes = { asks: asks[stepId], dueAt, basis, replyTo, ...disclosed(data) };
  const body: VeraMessage = {
    ...keysOf(requestId),
    idOrganisatie: municipality,
    // Not why there is urgency (VOORRANGDETAILSOORT.UIT): that would tell where the person leaves from.
    ...(entity === 'voorrangsregeling' && { soort: veraCodes.urgency }),
    'extra-attributen': extra(attributes),
  };
  return { method: isLater(stepId) ? 'PATCH' : 'POST', path: veraPaths[entity], body };
}

/**
 * VERA takes nothing back: the entity gets to know that it is no longer asked for.
 * @throws PartnerFailed PartnerRejected when VERA has no place for the step
 */
export function veraRelease({ requestId }: PartnerRelease): VeraCall {
  const entity = entityOf(stepOf(requestId));
  const body: VeraMessage = {
    ...keysOf(requestId),
    ...(entity === 'aanbieding' && { status: veraCodes.withdrawn }),
    'extra-attributen': extra({ asks: 'ingetrokken' }),
  };
  return { method: 'PATCH', path: veraPaths[entity], body };
}

/** What is asked for, in the words of the corporation. */
const asks: Readonly<Record<string, string>> = {
  'housing.urgency': 'urgentie',
  'housing.offer': 'aanbod',
  'housing.contract': 'huurovereenkomst',
  'housing.key-handover': 'sleuteloverdracht',
  'housing.lease-takeover': 'overname huurovereenkomst',
};

const stepOf = (requestId: string): string => requestId.split(':')[1] ?? '';

/** Whether the step goes on in the entity of an earlier one. */
const isLater = (stepId: string): boolean => stepId === 'housing.key-handover';

function entityOf(stepId: string): VeraEntity {
  return veraEntities[stepId] ?? rejected(`VERA has no place for the step ${stepId}`);
}

/** A Toewijzing also carries the route, as the two steps that are about it have no request in common. */
function keysOf(requestId: string): Pick<VeraMessage, 'idExtern' | 'code'> {
  const [routeId = ''] = requestId.split(':');
  const stepId = stepOf(requestId);
  return {
    ...(!isLater(stepId) && { idExtern: requestId }),
    ...(veraEntities[stepId] === 'toewijzing' && { code: routeId }),
  };
}

/** The fields that a step discloses; the person's own stand beside the others, a place goes by its reservation. */
function disclosed({ identity, place, ...data }: Record<string, unknown>): Record<string, unknown> {
  const { reservationId } = (place ?? {}) as { readonly reservationId?: unknown };
  return {
    ...(typeof identity === 'object' ? identity : {}),
    ...data,
    ...(reservationId !== undefined && { place: reservationId }),
  };
}

function extra(values: Record<string, unknown>): { naam: string; waarde: string }[] {
  return Object.entries(values).map(([name, given]) => {
    const value: unknown = Array.isArray(given) ? given.join(' ') : given; // codes have no spaces
    // A field that nobody gave a name here must not get lost, nor go out under one that the other side can't know.
    if (!isAttribute(name) || (typeof value !== 'string' && typeof value !== 'number'))
      return rejected(`VERA has no place for the field ${name}`);
    return { naam: veraAttributes[name], waarde: String(value) };
  });
}

const isAttribute = (name: string): name is keyof typeof veraAttributes =>
  Object.hasOwn(veraAttributes, name);

function rejected(message: string): never {
  throw new PartnerFailed('PartnerRejected', message);
}
