/** The world in which a scenario acts: the API as its people call it, and the played partners. */
import { mayPass, type ApiClient, type ApiProblem } from './api-client.ts';
import type { Call, Outcome, Stage } from './moves.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';

export interface StageOptions {
  readonly routeId: string;
  /** The API as somebody calls it; left out: as the route's case manager. */
  readonly apiFor: (by?: Call['by']) => ApiClient;
  readonly partnersUrl: string;
  /** Sends an event to the API as a partner. */
  readonly tell: (party: PartnerParty, event: unknown) => Promise<Response>;
  /** In front of each idempotency key. */
  readonly keyPrefix: string;
  /** What people were refused for good. */
  readonly onRefused: (key: string, why: string) => void;
}

/** Somebody else, or the calendar, may have been first; the next looks show what holds then. */
const triesAtMost = 5;

export function stageOf({ routeId, apiFor, partnersUrl, tell, keyPrefix, onRefused }: StageOptions): Stage {
  const tries = new Map<string, number>();
  return {
    async call({ method, path, body, key, by }) {
      try {
        await apiFor(by).send(method, `/routes/${routeId}${path}`, body, keyPrefix + key);
        return 'made';
      } catch (error) {
        if (mayPass(error)) return 'again';
        const count = (tries.get(key) ?? 0) + 1;
        tries.set(key, count);
        if ((error as ApiProblem).status === 409 && count < triesAtMost) return 'again';
        onRefused(key, (error as ApiProblem).message);
        return 'made';
      }
    },
    partnerAnswers: (requestId) =>
      answered(
        fetch(`${partnersUrl}/control/answer`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ requestId }),
        }),
      ),
    partnerTells: (party, event) => answered(tell(party, event)),
  };
}

/** The request may not have reached the partner yet; the API may be away. */
async function answered(response: Promise<Response>): Promise<Outcome> {
  return response.then(
    ({ ok }) => (ok ? 'made' : 'again'),
    () => 'again',
  );
}
