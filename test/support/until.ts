/** Waits for a condition, never for a time. */

/** Below the limit of a test, so that what did not come is named. */
export const givesUpAfterMs = 240_000;

const lookEveryMs = 100;

/**
 * Looks until a condition holds and gives back what was found.
 * @param what - for the message when it never holds
 * @param everyMs - for what costs so much that looking would slow down what is waited for
 * @param look - gives undefined or false while it does not hold; may throw, which counts as not yet
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = givesUpAfterMs,
  everyMs = lookEveryMs,
): Promise<T> {
  const end = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
