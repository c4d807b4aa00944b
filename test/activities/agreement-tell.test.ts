/** Routes are told of their places many at a time: one that can't be told keeps the others from nothing. */
import { expect, it } from 'vitest';
import { createAgreementActivities, type AgreementPorts } from '../../activities/agreement-activities.ts';
import { PartnerFailed } from '../../activities/ports.ts';
import type { PlaceEnded } from '../../domain/housing-agreement/state.ts';

const ended = (key: string): PlaceEnded => ({
  what: 'place-ended',
  key,
  routeId: `route-${key}`,
  reservationId: `reservation-${key}`,
  reason: 'released',
});
const tell = (unreachable: readonly string[]) =>
  createAgreementActivities({
    async tellRoute({ key }) {
      if (unreachable.includes(key))
        throw new PartnerFailed('PartnerUnreachable', 'The route does not answer');
    },
  } as Partial<AgreementPorts> as AgreementPorts)['agreement.tell'](['1', '2', '3'].map(ended));

it('answers with the keys of those that were told', async () => {
  expect(await tell([])).toEqual(['1', '2', '3']);
  expect(await tell(['2'])).toEqual(['1', '3']);
});

it('is tried again as a whole when nobody could be told', async () => {
  await expect(tell(['1', '2', '3'])).rejects.toMatchObject({ type: 'PartnerUnreachable' });
});
