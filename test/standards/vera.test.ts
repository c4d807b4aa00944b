/** What passes between a route and a housing corporation, against VERA as Aedes published it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { veraPartner } from '../../worker/adapters/vera-partner.ts';
import { wayOut } from '../../worker/outbound/way-out.ts';
import { recordingServer, type Call } from '../adapters/recording-server.ts';
import { asked } from '../adapters/vera-asked.ts';
import * as said from '../adapters/vera-said.ts';
import { published } from './support/published.ts';

const vera = published('vera-woonruimteverdeling.yaml');
let corporation: Awaited<ReturnType<typeof recordingServer>>;

beforeAll(async () => {
  corporation = await recordingServer((call) => {
    const omschrijving = vera.faultsOf(call).join('; ');
    if (omschrijving) return { status: 400, body: { omschrijving } };
    return { status: vera.success(call) ?? 500 };
  });
});
beforeEach(() => {
  corporation.calls.length = 0;
});
afterAll(() => corporation.close());

const port = () => veraPartner(wayOut({ who: 'housing-corporation', baseUrl: corporation.url }));
const faults = () => corporation.calls.flatMap(vera.faultsOf);

describe('every call to a corporation is one of VERA', () => {
  it.each(Object.entries(asked))('a request: %s', async (_, request) => {
    await port().request(request);
    expect(faults()).toEqual([]);
    expect(corporation.calls).toHaveLength(1);
  });

  it.each(Object.entries(asked))('a release: %s', async (_, { requestId }) => {
    await port().release({ requestId });
    expect(faults()).toEqual([]);
    expect(corporation.calls).toHaveLength(1);
  });
});

describe('what the mapping back is tested with is VERA', () => {
  it.each([
    ['Voorrangsregelingbericht', said.urgency.body],
    ['Aanbiedingbericht', said.offer.body],
    ['Toewijzingbericht', said.contract.body],
    ['Toewijzingbericht', said.keys.body],
  ])('%s', (schema, body) => {
    expect(vera.faultsIn(schema, body)).toEqual([]);
  });
});

describe('the same check refuses', () => {
  let sent: Call;
  beforeEach(async () => {
    await port().request(asked.urgency);
    sent = corporation.calls[0]!;
  });
  const wrong: [string, (call: Call) => Call, string][] = [
    ['another path', (call) => ({ ...call, url: '/requests' }), 'there is no POST /requests'],
    ['another method', (call) => ({ ...call, method: 'DELETE' }), 'there is no DELETE /voorrangsregelingen'],
    ['a query', (call) => ({ ...call, url: `${call.url}?bsn=1` }), 'the query is not expected'],
    [
      'another media type',
      withHeader('content-type', 'text/plain'),
      'the media type is not one of the document',
    ],
    ['an unknown header', withHeader('x-bsn', '999990019'), 'header x-bsn is not in the document'],
    ['no key', withHeader('idempotency-key', undefined), 'header idempotency-key is missing'],
    ['a value of another type', withBody({ idExtern: 7 }), '/idExtern must be string'],
    ['a code instead of reference data', withBody({ soort: 'URG' }), '/soort must be object'],
    ['a date that is none', withBody({ begindatum: '1 mei' }), '/begindatum must match format "date-time"'],
    ['a misspelt field', withBody({ idextern: 'x' }), 'must NOT have unevaluated properties idextern'],
    [
      'one in an extra attribute',
      withBody({ 'extra-attributen': [{ name: 'x' }] }),
      '/extra-attributen/0 must NOT have unevaluated properties name',
    ],
    [
      'our own request',
      (call) => ({ ...call, body: asked.urgency }),
      'must NOT have unevaluated properties requestId',
    ],
  ];
  it.each(wrong)('%s', (_, change, fault) => {
    expect(vera.faultsOf(sent)).toEqual([]);
    expect(vera.faultsOf(change(sent))).toContain(fault);
  });

  it('over HTTP as well, so that a wrong call fails as PartnerRejected', async () => {
    const elsewhere = veraPartner(wayOut({ who: 'housing-corporation', baseUrl: `${corporation.url}/v4` }));
    await expect(elsewhere.request(asked.offer)).rejects.toMatchObject({ failure: 'PartnerRejected' });
  });
});

function withHeader(name: string, value: string | undefined) {
  return (call: Call): Call => ({ ...call, headers: { ...call.headers, [name]: value } });
}

function withBody(change: object) {
  return (call: Call): Call => ({ ...call, body: { ...(call.body as object), ...change } });
}
