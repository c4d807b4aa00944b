/** A good call of each operation, made of its own examples: what is refused is refused for who asks it, and about what. */
import type { Operation } from '../../api/operation.ts';
import { PartnerEvent } from '../../contracts/partner-event.ts';
import { caller, type Answer } from '../support/api-caller.ts';
import { contract, offer, urgency } from '../adapters/vera-said.ts';

/** The clock at which every example is of today or earlier where it has to be. */
export const momentOfExamples = '2026-12-20T09:00:00.000Z';
/** That of the examples themselves. */
export const exampleRoute = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';

/** What a call is about; left out, the route of the examples and an agreement that nobody has made. */
export interface About {
  readonly routeId?: string;
  readonly municipality?: string;
  readonly region?: string;
  readonly reservationId?: string;
}

const params: Readonly<Record<string, string>> = {
  routeId: exampleRoute,
  region: 'twente',
  year: '2030',
  reservationId: '0b7f1e4e-52a5-4b07-8a5c-0d1c9a3f7e11',
  party: 'housing-corporation',
  supporterId: 'aB3_-9',
  concernId: 'aB3_-9',
  offerId: 'O-1',
  stepId: 'debt.plan',
  track: 'debt',
  eventId: 'event-1',
  ruleSetId: 'demo',
  agreementId: 'twente',
};

const bodies: Readonly<Record<string, unknown>> = {
  tellPartnerEvent: { ...(PartnerEvent.meta()!.example as object), time: momentOfExamples },
  identifyPerson: { bsn: '999990019' },
  tellVeraPriority: urgency.body,
  tellVeraOffer: offer.body,
  tellVeraAllocation: contract.body,
};

/** Makes the call. */
export function callOperation(
  { operationId, method, path, body, responses }: Operation,
  {
    url,
    token,
    headers,
    about = {},
  }: { url: string; token?: string; headers?: Record<string, string>; about?: About },
) {
  const values = { ...params, ...about } as Readonly<Record<string, string>>;
  const query =
    about.municipality &&
    ['listRoutes', 'watchRoutes', 'getOverview', 'reportHomePromise', 'reportBottlenecks'].includes(
      operationId,
    );
  const filled =
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(values, name)) +
    (query ? `?municipality=${about.municipality}` : '');
  const api = caller(url, token);
  if (responses[200]?.events !== undefined) return begunStream(`${url}/v1${filled}`, token);
  if (method === 'get') return api.get(filled, headers);
  if (method === 'delete') return api.delete(filled, headers);
  const example = bodies[operationId] ?? body?.schema.meta()?.example;
  return api[method](filled, example === undefined ? undefined : aboutThat(example, about), headers);
}

/** A stream never ends by itself: that it began is the answer. */
async function begunStream(url: string, token: string | undefined): Promise<Answer> {
  const response = await fetch(url, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const { status, headers } = response;
  if (status !== 200) return { status, headers, body: await response.json() };
  await response.body?.cancel();
  return { status, headers, body: {} };
}

function valueOf(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`Say in test/api/operation-calls.ts what {${name}} could be`);
  return value;
}

/** The example, with the route and the municipality in it that are meant. */
function aboutThat(example: unknown, { routeId = exampleRoute, municipality }: About): unknown {
  const text = JSON.stringify(example).replaceAll(exampleRoute, routeId);
  const made = JSON.parse(text) as Record<string, unknown>;
  return municipality && 'openingAnswer' in made ? { ...made, municipality } : made;
}

/** The party of which a partner's token has to be for a call to be its own. */
export const partyFor = ({
  operationId,
}: Pick<Operation, 'operationId'>): 'housing-corporation' | 'debt-service' =>
  operationId.startsWith('tellVera') ? 'housing-corporation' : 'debt-service';
