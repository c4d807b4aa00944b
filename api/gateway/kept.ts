/** Answers that hold for some seconds: who asks for the same in the meantime gets the same, also while it is looked up. */

/** For how long an answer holds, in milliseconds, by how long it took. */
export type Holds = (tookMs: number) => number;

/** Nine tenths of the time nobody looks; but nothing is older than five minutes. */
export const tenfold: Holds = (tookMs) => Math.min(Math.max(5000, 10 * tookMs), 300_000);

/** Keeps what a look finds, by key, from when it was found. A look that failed is not kept. */
export function kept<T>(holds: Holds, look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, { until: number; readonly answer: Promise<T> }>();
  return (key) => {
    const now = Date.now();
    for (const [old, { until }] of answers) if (until < now) answers.delete(old);
    const before = answers.get(key);
    if (before) return before.answer;
    const one = { until: Infinity, answer: look(key) };
    answers.set(key, one);
    one.answer.then(
      () => (one.until = Date.now() + holds(Date.now() - now)),
      () => answers.delete(key),
    );
    return one.answer;
  };
}
