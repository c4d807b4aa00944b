/** Answers that hold for some seconds: who asks for the same in the meantime gets the same, also while it is looked up. */

/**
 * Keeps what a look finds, by key. A look that failed is not kept.
 * @param ms - for how long, from when it was found
 */
export function kept<T>(ms: number, look: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, { until: number; readonly answer: Promise<T> }>();
  return (key) => {
    for (const [old, { until }] of answers) if (until < Date.now()) answers.delete(old);
    const before = answers.get(key);
    if (before) return before.answer;
    const one = { until: Infinity, answer: look(key) };
    answers.set(key, one);
    one.answer.then(
      () => (one.until = Date.now() + ms),
      () => answers.delete(key),
    );
    return one.answer;
  };
}
