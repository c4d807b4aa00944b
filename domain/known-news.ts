/** Which news a route has judged: short forms of the events' ids, one behind the other in one text. */
import { recordIn, withRecord } from './packed.ts';
import { SHORT_ID_LENGTH, shortId } from './short-id.ts';

/**
 * How many ids of judged news a route knows: 8 KB at the most, of the 64 that a state may have. An answer to a request
 * needs none of them to count once: request, attempt and the step's record tell for good whether it still can. What
 * they bound is unasked-for news (a concern): one that arrives again after thirteen hundred others about the same route
 * would be written down twice; and news that came too soon to mean anything (an attempt that nobody had asked for yet)
 * would then be judged anew, by how things stand then.
 */
export const newsKept = 1250;

/** Whether an event is among those. */
export function knows(known: string, eventId: string): boolean {
  return recordIn(known, SHORT_ID_LENGTH, shortId(eventId)) !== undefined;
}

/** With one more event; the oldest is forgotten for it. */
export function remember(known: string, eventId: string): string {
  return withRecord(known, shortId(eventId), newsKept);
}
