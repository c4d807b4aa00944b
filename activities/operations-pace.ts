/** So many routes a second, a few at a time: a repair of thousands leaves room for what routes do besides. */
import { heartbeat, sleep } from '@temporalio/activity';

export interface Pace {
  readonly perSecond: number;
  /** In flight at once. */
  readonly atOnce: number;
}

/** Acts on each, at a pace; the answers come in the same order. Ends early when the activity is called off. */
export async function paced<T, A>(
  all: readonly T[],
  { perSecond, atOnce }: Pace,
  act: (each: T) => Promise<A>,
): Promise<A[]> {
  const answers: A[] = [];
  const underWay = new Set<Promise<void>>();
  const answered = async (i: number, each: T) => {
    answers[i] = await act(each);
  };
  for (const [i, each] of all.entries()) {
    const one: Promise<void> = answered(i, each).finally(() => underWay.delete(one));
    one.catch(() => undefined); // it is looked at below
    underWay.add(one);
    heartbeat();
    await sleep(1000 / perSecond);
    while (underWay.size >= atOnce) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return answers;
}
