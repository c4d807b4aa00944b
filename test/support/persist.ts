/** Calls that are made until somebody answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './api-caller.ts';

const againAfterMs = 300;
const givenUpAfterMs = 180_000;

/** Whether a call has to be made again: nobody answered, or nobody could just now. */
const isNoAnswer = ({ status }: Pick<Answer, 'status'>) => status >= 500 || status === 429;

/**
 * Makes a call until it is answered, as a partner and a case manager would: the same body under the same id.
 * @returns the answer, and how many calls got none
 */
export async function persist<T extends Pick<Answer, 'status'>>(
  call: () => Promise<T>,
): Promise<{ answer: T; unanswered: number }> {
  const end = Date.now() + givenUpAfterMs;
  for (let unanswered = 0; ; unanswered += 1) {
    const answer = await call().catch((error: unknown) => {
      if (Date.now() > end) throw error;
    });
    if (answer && !isNoAnswer(answer)) return { answer, unanswered };
    if (Date.now() > end) throw new Error(`No answer for three minutes, but ${JSON.stringify(answer)}`);
    await sleep(againAfterMs);
  }
}
