/** Housing: urgency, search, offer and answer, contract, the keys, never without support, and who takes over the lease. */
import { hasLeaseLeft, isTripartite, withoutLease } from '../../domain/lease.ts';
import { hasPlaceToAsk, placeNotAsked } from '../../domain/place-step.ts';
import { setAside } from '../../domain/step-transitions.ts';
import type { Route } from '../route.ts';
import { done, step } from '../step.ts';

export async function housingOffer(route: Route): Promise<void> {
  await done(route, 'intake.decision');
  await step(route, 'housing.urgency');
  if (route.state.agreement?.reservesPlaces) await step(route, 'housing.place');
  else if (hasPlaceToAsk(route.state)) route.change(placeNotAsked);
  await acceptedOffer(route);
  await Promise.all([step(route, 'housing.contract'), step(route, 'housing.support')]);
  await step(route, 'housing.key-handover');
  if (hasLeaseLeft(route.state)) route.change(withoutLease);
  if (!isTripartite(route.state)) return;
  await step(route, 'housing.lease-trial');
  await step(route, 'housing.lease-takeover');
}

/** Searches until an offer is accepted; a refusal or a withdrawal begins a new search, and nobody loses their place. */
async function acceptedOffer(route: Route): Promise<void> {
  for (;;) {
    await step(route, 'housing.offer');
    if (latestOffer(route)?.status === 'open') await step(route, 'housing.offer-answer');
    if (latestOffer(route)?.status === 'accepted') return;
    route.change((state, now) => setAside(state, ['housing.offer', 'housing.offer-answer'], now));
  }
}

const latestOffer = (route: Route) => route.state.offers.at(-1);
