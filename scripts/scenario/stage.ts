/** The world in which a scenario acts: the API as its people call it, and the played partners. */
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Waits until the route has heard an answer that a partner was told to give; left out: it is heard in its time. */
  readonly heard?: (requestId: string) => Promise<void>;
  /** What people were refused for good. */
  readonly onRefused: (key: string, why: string) => void;
}

/** What an activity needs, on a busy machine, to come back after the partner has its request. */
const activityMs = 300;

/** Somebody else, or the calendar, may have been first; the next looks show what holds then. */
const triesAtMost = 5;

export function stageOf(options: StageOptions): Stage {
  const { routeId, apiFor, partnersUrl, tell, keyPrefix, heard, onRefused } = options;
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
    async partnerAnswers(requestId, isTakenIn) {
      // The activity that asked may still be on its way back.
      if (heard && !isTakenIn) await sleep(activityMs);
      const outcome = await answered(
        fetch(`${partnersUrl}/control/answer`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ requestId }),
        }),
      );
      if (outcome === 'made') await heard?.(requestId);
      return outcome;
    },
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
