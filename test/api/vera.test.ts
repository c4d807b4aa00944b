/** What a corporation tells in VERA, over a real server: the same receipts as for its CloudEvents. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offer, urgency } from '../adapters/vera-said.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { isOpen } from '../../scripts/replay/scene.ts';
import { documented } from './contract.ts';

let system: System;
let corporation: Caller;
let registry: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  await system.simulator.setBehaviours([{ party: 'housing-corporation', mode: 'silent' }]);
  const as = async (party: 'housing-corporation' | 'civil-registry') =>
    documented(await system.as({ role: 'partner', subject: party, party }));
  corporation = await as('housing-corporation');
  registry = await as('civil-registry');
});
afterAll(() => system?.stop());

const kind = ({ body }: { body: { type: string } }) => body.type.split('/').at(-1);
const ofRoute = (routeId: string, said: { body: { idExtern: string } }, more: object = {}) => ({
  ...said.body,
  idExtern: said.body.idExtern.replace(/^[^:]+/, routeId).replace(/\d+$/, '1'),
  ...more,
});
const start = async (): Promise<string> =>
  (await system.api.post('/routes', { ...aStart, person: aPerson })).body.routeId;

it('an urgency and an offer move the route, each once', async () => {
  const routeId = await start();
  await accompany(system.api, routeId, isOpen('housing.urgency'));
  const stands = ofRoute(routeId, urgency);
  const { begindatum: _, ...notYet } = stands as typeof urgency.body;
  expect((await corporation.post('/vera/voorrangsregelingen', notYet)).status).toBe(204);
  const tell = async () => (await corporation.post('/vera/voorrangsregelingen', stands)).body;
  expect([await tell(), await tell()]).toEqual([{ receipt: 'applied' }, { receipt: 'duplicate' }]);

  await accompany(system.api, routeId, isOpen('housing.offer'));
  const told = await corporation.post('/vera/aanbiedingen', ofRoute(routeId, offer));
  expect([told.status, told.body]).toEqual([200, { receipt: 'applied' }]);
  const { body } = await system.api.get(`/routes/${routeId}`);
  expect(body.offers).toMatchObject([{ offerId: 'A-4711', housingForm: 'own-home', monthlyRent: 612.4 }]);
  const asked = await corporation.get(`/partner-events/${routeId}/aanbieding:A-4711:1:AAN`);
  expect(asked.body.receipt).toBe('applied');
});

it('an offer that nobody asked for yet waits; one for no route at all is refused', async () => {
  const routeId = await start();
  const early = await corporation.post('/vera/aanbiedingen', ofRoute(routeId, offer));
  expect(early.body).toEqual({ receipt: 'early' });
  const nowhere = await corporation.post('/vera/aanbiedingen', offer.body);
  expect([nowhere.status, kind(nowhere)]).toEqual([404, 'unknown-route']);
});

describe('is refused', () => {
  it('from another party', async () => {
    const answer = await registry.post('/vera/voorrangsregelingen', urgency.body);
    expect([answer.status, kind(answer)]).toEqual([403, 'not-your-step']);
    expect((await system.api.post('/vera/aanbiedingen', offer.body)).status).toBe(403);
  });

  it.each<[string, object, object, string, string]>([
    ['another step', {}, { idExtern: urgency.body.idExtern }, 'body', '/idExtern'],
    ['no form', {}, { 'extra-attributen': [] }, 'body', '/extra-attributen'],
    [
      'a form that there is not',
      {},
      { 'extra-attributen': [{ naam: 'woonvorm', waarde: 'kasteel' }] },
      'body',
      '/extra-attributen/0/waarde',
    ],
    [
      'an address for an area',
      {},
      {
        'extra-attributen': [
          { naam: 'woonvorm', waarde: 'own-home' },
          { naam: 'buurt', waarde: 'Dorpsstraat 12, bij mevrouw Jansen' },
        ],
      },
      'body',
      '/extra-attributen/1/waarde',
    ],
    ['no id', {}, { id: undefined }, 'body', '/id'],
    ['a wrong type', {}, { status: 'AAN' }, 'body', '/status'],
    [
      'a wrong reference',
      { 'x-stuurgegevens-referentienummer': 'ours' },
      {},
      'header',
      'X-Stuurgegevens-Referentienummer',
    ],
  ])('what is not clear: %s', async (_, headers, more, place, location) => {
    const answer = await corporation.post(
      '/vera/aanbiedingen',
      { ...offer.body, ...more },
      headers as Record<string, string>,
    );
    expect([answer.status, kind(answer)]).toEqual([400, 'invalid-input']);
    expect(answer.body.errors).toMatchObject([{ in: place, location }]);
  });
});
