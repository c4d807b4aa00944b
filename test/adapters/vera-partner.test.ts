import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { disclosures } from '../../activities/create-activities.ts';
import { PartnerFailed } from '../../activities/ports.ts';
import { steps } from '../../domain/steps.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import { veraPartner } from '../../worker/adapters/vera-partner.ts';
import { portsOf } from '../../worker/create-worker.ts';
import { wayOut } from '../../worker/outbound/way-out.ts';
import { recordingServer, type Answer } from './recording-server.ts';
import { asked, bsn } from './vera-asked.ts';
import { routeId } from './vera-said.ts';

let answer: Answer | undefined;
let corporation: Awaited<ReturnType<typeof recordingServer>>;
const port = () => veraPartner(wayOut({ who: 'housing-corporation', baseUrl: corporation.url }));

beforeAll(async () => {
  corporation = await recordingServer(() => answer);
});
beforeEach(() => {
  answer = { status: 201 };
  corporation.calls.length = 0;
});
afterAll(() => corporation.close());

const failureOf = (sending: Promise<unknown>): Promise<PartnerFailed> =>
  sending.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as PartnerFailed,
  );

describe('a corporation that speaks VERA', () => {
  it('is asked for urgency, an offer and a contract each in a new entity, and for the keys in the contract’s', async () => {
    for (const request of [asked.urgency, asked.offer, asked.contract, asked.keys])
      await port().request(request);
    expect(corporation.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /voorrangsregelingen',
      'POST /aanbiedingen',
      'POST /toewijzingen',
      'PATCH /toewijzingen',
    ]);
    const [urgency, , contract, keys] = corporation.calls.map(({ body }) => body);
    expect(urgency).toMatchObject({ idExtern: asked.urgency.requestId, soort: { code: 'URG' } });
    expect(contract).toMatchObject({ idExtern: asked.contract.requestId, code: routeId });
    expect(keys).toMatchObject({ code: routeId });
    expect(keys).not.toHaveProperty('idExtern');
  });

  it('is asked to commit as any other partner is: VERA has no word for a promise', async () => {
    const stepId = 'commitment.housing-corporation';
    const requestId = `${routeId}:${stepId}:1`;
    await port().request({ ...asked.urgency, requestId, stepId, data: { facts: ['home'], others: [] } });
    await port().release({ requestId });
    expect(corporation.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /requests',
      'POST /releases',
    ]);
  });

  it('gets the least that each step needs', async () => {
    for (const request of Object.values(asked)) await port().request(request);
    const [urgency, withoutBsn, offer, contract, keys, takeover] = corporation.calls.map(({ body }) =>
      attributesOf(body),
    );
    const usual = ['verzoek', 'uiterlijkeDatum', 'grondslag', 'antwoordadres'];
    expect(urgency).toEqual([...usual, 'bsn']);
    expect(withoutBsn).toEqual([...usual, 'naam', 'geboortedatum', 'postcode', 'huisnummer']);
    expect(offer).toEqual([...usual, 'woonvorm', 'geboortejaar', 'uitgeslotenGebieden', 'gereserveerdePlek']);
    expect(contract).toEqual([...usual, 'bsn', 'aanbieding']);
    expect(keys).toEqual(usual);
    expect(takeover).toEqual([...usual, 'aanbieding']);
    // The reason for urgency that fits best, UIT, would tell that somebody leaves an institution.
    expect(corporation.calls[0]!.body).not.toHaveProperty('detailSoort');
  });

  it('has a place for every step that it is asked, and for all that the step discloses', async () => {
    const ofCorporation = Object.entries(steps).filter(([, { party }]) => party === 'housing-corporation');
    const byStep = Object.fromEntries(Object.values(asked).map((request) => [request.stepId, request]));
    expect(Object.keys(byStep).sort()).toEqual(ofCorporation.map(([id]) => id).sort());
    for (const [stepId, { data }] of Object.entries(byStep))
      expect(Object.keys(data)).toEqual(
        Object.entries(disclosures['housing-corporation']).find(([id]) => id === stepId)?.[1]?.fields ?? [],
      );
  });

  it('gets the request’s key at each sending, as idempotency key and as VERA’s reference', async () => {
    await port().request(asked.offer);
    await port().request(asked.offer);
    const [first, second] = corporation.calls;
    expect(second!.body).toEqual(first!.body);
    for (const { headers } of [first!, second!])
      expect(headers).toMatchObject({
        'idempotency-key': asked.offer.requestId,
        'x-stuurgegevens-referentienummer': asked.offer.requestId,
        'x-stuurgegevens-zender-organisatie': 'GM0153',
      });
  });

  it.each([
    ['urgency', '/voorrangsregelingen', undefined],
    ['offer', '/aanbiedingen', 'ING'],
    ['contract', '/toewijzingen', undefined],
    ['keys', '/toewijzingen', undefined],
  ] as const)('gets to know that %s is no longer asked', async (which, url, code) => {
    const { requestId } = asked[which];
    await port().release({ requestId });
    expect(corporation.calls).toMatchObject([
      { method: 'PATCH', url, body: { 'extra-attributen': [{ naam: 'verzoek', waarde: 'ingetrokken' }] } },
    ]);
    expect((corporation.calls[0]!.body as { status?: { code: string } }).status?.code).toBe(code);
  });

  it('that does not know what is withdrawn has nothing to withdraw', async () => {
    answer = { status: 404 };
    await expect(port().release(asked.offer)).resolves.toBeUndefined();
    expect(await failureOf(port().request(asked.keys))).toMatchObject({ failure: 'PartnerRejected' });
  });

  it.each([
    [undefined, 'PartnerUnreachable', undefined],
    [{ status: 503, headers: { 'retry-after': '7' } }, 'PartnerUnreachable', 7000],
    [{ status: 429 }, 'PartnerUnreachable', undefined],
    [{ status: 401 }, 'PartnerDeniedAccess', undefined],
    [{ status: 400, body: { omschrijving: 'nee' } }, 'PartnerRejected', undefined],
    [{ status: 302, headers: { location: 'http://elsewhere.example' } }, 'PartnerRejected', undefined],
  ] as const)('that answers %j fails as any partner does: %s', async (given, failure, retryAfterMs) => {
    answer = given;
    const failed = await failureOf(port().request(asked.urgency));
    expect(failed).toBeInstanceOf(PartnerFailed);
    expect(failed).toMatchObject({ failure, retryAfterMs });
    expect(failed.message).not.toContain(bsn);
  });

  it('is not sent what VERA has no place for', async () => {
    const fresh = { ...asked.offer, data: { origin: 'shelter' } };
    const elsewhere = { ...asked.offer, stepId: 'debt.plan' };
    expect((await failureOf(port().request(fresh))).message).toBe('VERA has no place for the field origin');
    expect(await failureOf(port().request(elsewhere))).toMatchObject({ failure: 'PartnerRejected' });
    expect(corporation.calls).toEqual([]);
  });

  it('is chosen by a setting; without it the corporation is asked as any other partner', async () => {
    const given = { PARTNER_URLS: JSON.stringify({ 'housing-corporation': corporation.url }) };
    for (const env of [given, { ...given, PARTNER_STANDARDS: 'housing-corporation:vera' }]) {
      const ports = portsOf(readSettings(WorkerSettings, env));
      await ports.partners['housing-corporation'].request(asked.offer);
    }
    expect(corporation.calls.map(({ url }) => url)).toEqual(['/requests', '/aanbiedingen']);
  });
});

const attributesOf = (body: unknown): string[] =>
  (body as { 'extra-attributen': { naam: string }[] })['extra-attributen'].map(({ naam }) => naam);
