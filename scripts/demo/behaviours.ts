/** Sets how the played partners behave towards the demo's routes. */
import { Behaviours } from '../../simulator/behaviours.ts';
import type { Example } from './example.ts';

/**
 * Makes what sets the behaviours of one example. What an earlier start set for the others stays meanwhile: else a
 * partner that is to be silent would answer in between.
 * @param partnersUrl - base of the played partners
 */
export async function behaviourSetter(
  partnersUrl: string,
): Promise<(example: Example, routeId: string) => Promise<void>> {
  const url = `${partnersUrl}/control/behaviours`;
  let known = Behaviours.parse(await (await fetch(url)).json());
  let latest: Promise<unknown> = Promise.resolve();
  return async (example, routeId) => {
    const own = example.partners.map((rule) => ({ ...rule, routeId }));
    known = [...known.filter((rule) => rule.routeId !== routeId), ...own];
    const body = JSON.stringify(known);
    // One after the other: a shorter list that arrives last would take rules away again.
    latest = latest.then(() =>
      fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body }),
    );
    await latest;
  };
}
