/** What a partner answers: one CloudEvent per request, with an id that a second sending shares. */
import { PartnerEvent } from '../contracts/partner-event.ts';
import type { Asked, Behaviour } from './behaviours.ts';
import { offerIdOf, sourceOf, usualResults } from './partners.ts';

/** The answer to a request under a behaviour, as of `now` (ISO 8601, UTC). */
export function answerTo(asked: Asked, behaviour: Behaviour, now: string): PartnerEvent {
  const { kind, type, data } = contentOf(asked, behaviour);
  return PartnerEvent.parse({
    specversion: '1.0',
    id: `${asked.requestId}:${kind}`,
    source: sourceOf(asked.party),
    subject: asked.routeId,
    type: `nl.uitstroomroutes.${type}.v1`,
    time: now,
    datacontenttype: 'application/json',
    data: { requestId: asked.requestId, ...data },
  });
}

/** The id of an event about a promise that is taken back. */
export function breachOf(asked: Asked, now: string): PartnerEvent {
  return PartnerEvent.parse({
    specversion: '1.0',
    id: `${asked.requestId}:broken`,
    source: sourceOf(asked.party),
    subject: asked.routeId,
    type: 'nl.uitstroomroutes.commitment-broken.v1',
    time: now,
    datacontenttype: 'application/json',
    data: { requestId: asked.requestId },
  });
}

/** Whether a partner is asked to promise something, and not to do a step. */
export const isCommitment = ({ stepId }: Asked): boolean => stepId.startsWith('commitment.');

function contentOf({ requestId, stepId }: Asked, behaviour: Behaviour) {
  if (isCommitment({ stepId } as Asked)) {
    const isDeclined = behaviour.mode === 'refusing';
    return isDeclined
      ? { kind: 'declined', type: 'commitment-declined', data: {} }
      : { kind: 'given', type: 'commitment-given', data: {} };
  }
  if (behaviour.mode === 'refusing') {
    return { kind: 'refused', type: 'step-refused', data: { reason: behaviour.reason ?? 'not-possible' } };
  }
  if (stepId === 'housing.offer') {
    const data = {
      offerId: offerIdOf(requestId),
      housingForm: 'own-home',
      area: 'Roombeek',
      monthlyRent: 612.4,
    };
    return { kind: 'offer', type: 'offer-made', data };
  }
  const result = behaviour.result ?? usualResults[stepId];
  return { kind: 'completed', type: 'step-completed', data: result ? { result } : {} };
}
