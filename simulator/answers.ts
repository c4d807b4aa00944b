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

function contentOf(asked: Asked, behaviour: Behaviour) {
  const { requestId, stepId } = asked;
  if (isCommitment(asked)) {
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
      monthlyRent: 612.4,
      ...areaFor(asked),
      ...behaviour.offer,
    };
    return { kind: 'offer', type: 'offer-made', data };
  }
  const result = behaviour.result ?? usualResults[stepId];
  return { kind: 'completed', type: 'step-completed', data: result ? { result } : {} };
}

/** Where the played corporation has homes: postcode areas of Enschede. */
const areas = ['7523', '7511', '7512', '7513'];

/** The first area in which a home may be offered; none is named when all of them are excluded. */
function areaFor({ request }: Asked): { area?: string } {
  const told = request?.data['excludedAreas'];
  const excluded: readonly unknown[] = Array.isArray(told) ? told : [];
  const area = areas.find((each) => !excluded.includes(each));
  return area ? { area } : {};
}
