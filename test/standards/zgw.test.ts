/** What passes to a record system at the end of a route, against the Zaken API as VNG Realisatie published it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { zgwRecords } from '../../worker/adapters/zgw-records.ts';
import { wayOut } from '../../worker/outbound/way-out.ts';
import type { Call } from '../adapters/recording-server.ts';
import { catalogue, files } from '../adapters/zgw-asked.ts';
import { claimsOf, clientId, secret, zgwRecordSystem } from '../adapters/zgw-record-system.ts';
import { published } from './support/published.ts';

const zaken = published('zaken-api.yaml');
let records: Awaited<ReturnType<typeof zgwRecordSystem>>;

beforeAll(async () => {
  records = await zgwRecordSystem(zaken.faultsOf);
});
beforeEach(() => records.empty());
afterAll(() => records.close());

const token = () =>
  new SignJWT({ client_id: clientId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(clientId)
    .setIssuedAt()
    .sign(new TextEncoder().encode(secret));
const port = () =>
  zgwRecords(wayOut({ who: 'record-system', baseUrl: records.url }), {
    catalogues: { GM0153: catalogue },
    token,
  });
const faults = () => records.calls.flatMap(zaken.faultsOf);
const whole = { '/zaken': 1, '/rollen': 2, '/zaakinformatieobjecten': 1, '/statussen': 6, '/resultaten': 1 };

describe('every call to a record system is one of the Zaken API', () => {
  it.each(Object.entries(files))('a file: %s', async (_, request) => {
    expect(await port().request(request)).toBe('done');
    expect(faults()).toEqual([]);
    expect(records.counts()).toMatchObject({ '/zaken': 1, '/rollen': 2, '/resultaten': 1 });
    for (const call of records.calls) expect(await claimsOf(call)).toMatchObject({ iss: clientId });
  });

  it('also where the record system failed after the zaak was made, and of one zaak', async () => {
    for (const path of ['/zaken', '/rollen', '/statussen', '/resultaten'])
      for (const how of ['made-and-lost', { status: 503 }] as const) {
        records.empty();
        let isBroken = true;
        records.goesWrong(({ method, url }) =>
          method === 'POST' && url === path && isBroken ? ((isBroken = false), how) : undefined,
        );
        await expect(port().request(files.completed)).rejects.toMatchObject({
          failure: 'PartnerUnreachable',
        });
        expect(await port().request(files.completed)).toBe('done');
        expect(records.counts()).toEqual(whole);
        expect(faults()).toEqual([]);
      }
  });
});

describe('the same check refuses', () => {
  let zaak: Call;
  let rol: Call;
  let looked: Call;
  beforeEach(async () => {
    await port().request(files.completed);
    zaak = records.calls.find(({ method, url }) => method === 'POST' && url === '/zaken')!;
    rol = records.calls.find(({ method, url }) => method === 'POST' && url === '/rollen')!;
    looked = records.calls.find(({ method }) => method === 'GET')!;
  });
  const wrong: [string, () => Call, string][] = [
    ['another path', () => ({ ...zaak, url: '/requests' }), 'there is no POST /requests'],
    ['an unknown query', () => ({ ...looked, url: '/zaken?bsn=1' }), 'query bsn is not in the document'],
    [
      'a query that is no URL',
      () => ({ ...looked, url: '/rollen?zaak=1' }),
      'query zaak is not as the document says',
    ],
    ['no coordinates', withHeader(() => zaak, 'accept-crs', undefined), 'header Accept-Crs is missing'],
    ['others', withHeader(() => zaak, 'content-crs', 'RD'), 'header Content-Crs is not as the document says'],
    ['no token', withHeader(() => zaak, 'authorization', undefined), 'header authorization is missing'],
    [
      'an unknown header',
      withHeader(() => zaak, 'x-bsn', '999990019'),
      'header x-bsn is not in the document',
    ],
    ['a body where there is none', () => ({ ...looked, body: {} }), 'a body is not expected'],
    [
      'a zaak without a type',
      withBody(() => zaak, { zaaktype: undefined }),
      "must have required property 'zaaktype'",
    ],
    ['a type that is no URL', withBody(() => zaak, { zaaktype: 'UR' }), '/zaaktype must match format "uri"'],
    [
      'a moment for a day',
      withBody(() => zaak, { startdatum: '2026-11-02T09:00:00Z' }),
      '/startdatum must match format "date"',
    ],
    [
      'too long an identification',
      withBody(() => zaak, { identificatie: 'x'.repeat(41) }),
      '/identificatie must NOT have more than 40 characters',
    ],
    [
      'what the other side sets',
      withBody(() => zaak, { einddatum: '2028-09-01' }),
      'must NOT have unevaluated properties einddatum',
    ],
    [
      'a misspelt field',
      withBody(() => zaak, { Omschrijving: 'x' }),
      'must NOT have unevaluated properties Omschrijving',
    ],
    [
      'another kind of person',
      withBody(() => rol, { betrokkeneType: 'mens' }),
      '/betrokkeneType must be equal to one of the allowed values',
    ],
    [
      'what such a person has not',
      withBody(() => rol, { betrokkeneIdentificatie: { bsn: '1' } }),
      '/betrokkeneIdentificatie must NOT have unevaluated properties bsn',
    ],
    [
      'a person as an employee',
      withBody(() => rol, { betrokkeneType: 'medewerker' }),
      '/betrokkeneIdentificatie must NOT have unevaluated properties inpBsn',
    ],
  ];
  it.each(wrong)('%s', (_, call, fault) => {
    expect(faults()).toEqual([]);
    expect(zaken.faultsOf(call())).toContain(fault);
  });
});

function withHeader(call: () => Call, name: string, value: string | undefined) {
  return (): Call => ({ ...call(), headers: { ...call().headers, [name]: value } });
}

function withBody(call: () => Call, change: object) {
  // By way of JSON, as it goes over HTTP: what is undefined is not there.
  return (): Call => ({
    ...call(),
    body: JSON.parse(JSON.stringify({ ...(call().body as object), ...change })) as unknown,
  });
}
