import { describe, expect, it } from 'vitest';
import { partnerEventOf, VeraUnclear, type VeraNews } from '../../api/vera-news.ts';
import * as said from './vera-said.ts';

const eventOf = (news: Pick<VeraNews, 'entity' | 'body' | 'reference'>) =>
  partnerEventOf({ ...news, source: said.source, time: '2026-11-24T10:00:00Z' });
const { contract, keys, offer, routeId, urgency } = said;

describe('what a corporation says in VERA', () => {
  it('is an offer, with what the route has to know of it', () => {
    expect(eventOf(offer)).toMatchObject({
      type: 'nl.uitstroomroutes.offer-made.v1',
      subject: routeId,
      source: said.source,
      data: {
        requestId: `${routeId}:housing.offer:2`,
        offerId: 'A-4711',
        housingForm: 'own-home',
        area: 'Roombeek',
        monthlyRent: 612.4,
      },
    });
  });

  it('is the withdrawal of an offer, and why', () => {
    const body = { ...offer.body, status: { code: 'ING' }, detailStatus: { code: 'TOE' } };
    expect(eventOf({ ...offer, body })).toMatchObject({
      type: 'nl.uitstroomroutes.offer-withdrawn.v1',
      data: { offerId: 'A-4711', reason: 'toe' },
    });
  });

  it.each([
    ['the urgency stands', urgency, 'housing.urgency'],
    ['the contract is there', contract, 'housing.contract'],
    ['the keys were handed over', keys, 'housing.key-handover'],
  ] as const)('is a completed step: %s', (_, news, stepId) => {
    expect(eventOf(news)).toMatchObject({
      type: 'nl.uitstroomroutes.step-completed.v1',
      data: { requestId: `${routeId}:${stepId}:1` },
    });
  });

  it('is nothing yet while the entity only stands there', () => {
    const { overeenkomst: _contract, ...noContract } = contract.body;
    const { begindatum: _begin, ...noBegin } = urgency.body;
    expect(eventOf({ ...contract, body: noContract })).toBeUndefined();
    expect(eventOf({ ...urgency, body: noBegin })).toBeUndefined();
    expect(eventOf({ ...keys, body: contract.body })).toBeUndefined();
    for (const code of ['GEW', 'TOE'])
      expect(eventOf({ ...offer, body: { ...offer.body, status: { code } } })).toBeUndefined();
  });

  it('counts once however often it is said: the same standing, the same event', () => {
    expect(eventOf(offer)?.id).toBe(eventOf({ ...offer, body: { ...offer.body, code: 'x' } })?.id);
    const withdrawn = { ...offer, body: { ...offer.body, status: { code: 'ING' } } };
    expect(eventOf(withdrawn)?.id).not.toBe(eventOf(offer)?.id);
    const again = { ...offer, body: { ...offer.body, idExtern: `${routeId}:housing.offer:3` } };
    expect(eventOf(again)?.id).not.toBe(eventOf(offer)?.id);
  });

  it.each<[string, Pick<VeraNews, 'entity' | 'body' | 'reference'>]>([
    ['idExtern', { ...offer, body: { ...offer.body, idExtern: 'ours' } }],
    ['idExtern', { entity: 'aanbieding', body: { ...offer.body, idExtern: urgency.body.idExtern } }],
    ['X-Stuurgegevens-Referentienummer', { ...keys, reference: `${routeId}:housing.offer:1` }],
    ['id', { ...offer, body: { ...offer.body, id: undefined } }],
    ['woonvorm', { ...offer, body: { ...offer.body, 'extra-attributen': [] } }],
    ['id', { ...offer, body: { ...offer.body, id: 'a:b' } }],
    ['overeenkomst', { ...contract, body: { ...contract.body, overeenkomst: 'no address' } }],
    ['status.code', { ...offer, body: { ...offer.body, status: { code: 'XYZ' } } }],
    [
      'rekenhuur, huurvorm',
      {
        ...offer,
        body: {
          ...offer.body,
          'extra-attributen': [
            ...offer.body['extra-attributen'].slice(0, 2),
            { naam: 'rekenhuur', waarde: 'veel' },
            { naam: 'huurvorm', waarde: 'samen' },
          ],
        },
      },
    ],
    ['its body', { ...offer, body: 'words' }],
  ])('that is not clear about %s is no event', (field, news) => {
    const hearing = () => eventOf(news);
    expect(hearing).toThrow(VeraUnclear);
    expect(hearing).toThrow(`The VERA message is not clear about ${field}`);
  });
});
