/** Tells many, some at a time: who can not be told does not hold up the others. */
import { heartbeat } from '@temporalio/activity';
import { PartnerFailed } from './ports.ts';

/** What became of it; names alone, of who was not told. */
export interface Told {
  /** How many were to be told. */
  readonly all: number;
  readonly told: number;
  /** To be told later: the service was away, or did not take it. Left out: it is more than are named, so all are. */
  readonly waiting?: readonly string[];
  /** The service will never take it. */
  readonly refused: readonly string[];
}

const atOnce = 8;
/** A service that took none of so many in a row is away: the rest waits, and is not tried one by one. */
const giveUpAfter = 24;
/** Beyond that all are told again, each under its key: names by the thousand would fill the history. */
const mostNamed = 500;

/**
 * @param only - the names of those who are to be told; left out: everybody
 * @throws whatever is not the service's fault
 */
export async function tellEach<T>(
  messages: readonly T[],
  only: readonly string[] | undefined,
  { nameOf, tell }: { nameOf: (message: T) => string; tell: (message: T) => Promise<void> },
): Promise<Told> {
  const wanted = only && new Set(only);
  const chosen = wanted ? messages.filter((each) => wanted.has(nameOf(each))) : messages;
  const waiting: string[] = [];
  const refused: string[] = [];
  let next = 0;
  let told = 0;
  let inVain = 0;
  const lane = async () => {
    while (next < chosen.length) {
      const message = chosen[next++]!;
      if (inVain >= giveUpAfter) {
        waiting.push(nameOf(message));
        continue;
      }
      try {
        await tell(message);
        told += 1;
        inVain = 0;
      } catch (error) {
        if (!(error instanceof PartnerFailed)) throw error;
        // Without access nobody is told; when that is mended, everybody is.
        const isForGood = error.failure === 'PartnerRejected';
        if (!isForGood) inVain += 1;
        (isForGood ? refused : waiting).push(nameOf(message));
      }
      heartbeat({ told, of: chosen.length });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return {
    all: chosen.length,
    told,
    ...(waiting.length <= mostNamed && { waiting: waiting.sort() }),
    refused: refused.sort().slice(0, mostNamed),
  };
}
