/** What a route asks of a corporation, step by step, with all that each step may disclose. */
import type { PartnerRequest } from '../../contracts/partner-request.ts';
import { routeId } from './vera-said.ts';

export const bsn = '999990019';
const named = { name: 'A. Bee', birthDate: '1974-03-01', postcode: '7511 AB', houseNumber: '3' };

const request = (stepId: string, data: Record<string, unknown>): PartnerRequest => ({
  requestId: `${routeId}:${stepId}:1`,
  stepId,
  routeId,
  municipality: 'GM0153',
  dueAt: '2026-12-01T09:00:00.000Z',
  basis: 'Wmo 2015 art. 2.3.5',
  data,
  replyTo: 'http://127.0.0.1:8080/v1/partner-events',
});

export const asked = {
  urgency: request('housing.urgency', { identity: { bsn } }),
  urgencyWithoutBsn: request('housing.urgency', { identity: named }),
  offer: request('housing.offer', {
    housingForm: 'own-home',
    birthYear: 1974,
    excludedAreas: ['BU01530101', '7511'],
    place: {
      region: 'twente',
      year: 2026,
      reservationId: '4f1c2a10-7a35-8f57-9a55-000000000001',
      corporation: 'de-woonplaats',
      municipality: 'GM0153',
      housingForm: 'own-home',
    },
  }),
  contract: request('housing.contract', { identity: { bsn }, offerId: 'A-7' }),
  keys: request('housing.key-handover', {}),
  takeover: request('housing.lease-takeover', { offerId: 'A-7' }),
};
