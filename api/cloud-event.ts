/** CloudEvents over HTTP: the structured and the binary mode of its HTTP protocol binding, version 1.0.2. */
import type { Request } from 'express';
import { t } from '../contracts/text.ts';
import { attributeFaults, type Attribute, type AttributeFault } from './cloud-event-attributes.ts';
import { attributesInHeaders, headerFaults, nameable } from './cloud-event-headers.ts';
import { pointer, type Reading } from './http/reading.ts';
import { ApiProblem, type InputFault } from './problems.ts';

/** What a structured event, or the data of a binary one, comes as. */
export const eventMediaTypes = ['application/cloudevents+json', 'application/json'] as const;

/** The batched mode is for who asked for it; here each event gets a receipt of its own. */
export function refuseBatch(req: Request): ApiProblem | undefined {
  return /^application\/cloudevents-batch/i.test(req.get('content-type') ?? '') ? batchNotTaken() : undefined;
}

const batchNotTaken = (): ApiProblem =>
  new ApiProblem(
    'batch-not-taken',
    t(
      'Stuur elk bericht in een eigen aanroep, als application/cloudevents+json: elk krijgt een eigen ontvangstbewijs.',
      'Send each event in a call of its own, as application/cloudevents+json: each gets a receipt of its own.',
    ),
  );

/**
 * Whether the whole event is in the body. By the binding its media type says so; an event that comes as plain JSON, with
 * not one `ce-` header, is taken for one as well.
 */
export function isStructured({ headers }: Pick<Request, 'headers'>): boolean {
  const type = headers['content-type'] ?? '';
  return /^application\/cloudevents/i.test(type) || !Object.keys(headers).some(isEventHeader);
}

const isEventHeader = (name: string): boolean => name.startsWith('ce-');

/**
 * The event of a request, not yet held against the schema of its type. In binary mode the attributes are `ce-` headers and
 * the body is the data. Its faults are those that no schema sees: of names, headers, and what contradicts itself.
 * @throws ApiProblem batch-not-taken for a list of events
 */
export function readEvent(req: Request): Reading {
  return isStructured(req) ? structured(req) : binary(req);
}

function structured(req: Request): Reading {
  const body = req.body as unknown;
  if (Array.isArray(body)) throw batchNotTaken(); // a batch under the media type of one
  if (body === null || typeof body !== 'object') return { value: body };
  // JSON event format, 2.2: null is the same as left out; of the data it is a value.
  const members = Object.entries(body).filter(([name, value]) => name === 'data' || value !== null);
  const attributes = members.filter(([name]) => name !== 'data');
  const faults = attributeFaults(attributes).map(inBody);
  return { value: Object.fromEntries(members), faults: [...faults, ...contradictions(req, attributes)] };
}

function binary(req: Request): Reading {
  const attributes = attributesInHeaders(req);
  const value = {
    ...Object.fromEntries(attributes),
    datacontenttype: req.headers['content-type'],
    data: req.body as unknown,
  };
  const faults = [...headerFaults(req), ...attributeFaults(attributes).map(inHeader)];
  return { value, faults, placeOf };
}

/** Whoever sends an event in headers looks for what is wrong with it there. */
function placeOf([name, ...rest]: readonly PropertyKey[]): Pick<InputFault, 'in' | 'location'> {
  if (name === 'data') return { in: 'body', location: pointer(rest) };
  const header = name === 'datacontenttype' ? 'Content-Type' : `ce-${String(name)}`;
  return { in: 'header', location: header };
}

const inBody = ({ name, ...fault }: AttributeFault): InputFault => ({
  in: 'body',
  location: name === undefined ? '' : `/${name}`,
  ...fault,
});
const inHeader = ({ name, ...fault }: AttributeFault): InputFault => ({
  in: 'header',
  location: name === undefined ? 'ce-' : `ce-${name}`,
  ...fault,
});

/** A structured event may say its attributes in headers once more (3.2.3): the same ones, for people in between read those. */
function contradictions(req: Request, attributes: readonly Attribute[]): InputFault[] {
  const said = new Map(attributes);
  const others = attributesInHeaders(req).filter(
    ([name, value]) => !said.has(name) || String(said.get(name)) !== value,
  );
  return [
    ...headerFaults(req),
    ...others.map(([name]): InputFault => ({
      in: 'header',
      location: nameable(`ce-${name}`),
      code: 'contradicts-body',
      detail: t('zegt iets anders dan het bericht zelf', 'says something else than the event itself'),
    })),
  ];
}
