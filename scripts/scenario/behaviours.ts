/** Sets how the played partners behave towards the routes of scenarios. */
import { Behaviours } from '../../simulator/behaviours.ts';
import { behavioursOf, type Answering } from './partners.ts';
import type { Scenario } from './scenario.ts';

/**
 * Makes what sets the behaviours of one scenario. What an earlier start set for the others stays meanwhile: else a
 * partner that is to be silent would answer in between.
 * @param partnersUrl - base of the played partners
 * @param answering - whether partners answer by themselves, or when they are told to
 */
export async function behaviourSetter(
  partnersUrl: string,
  answering: Answering = 'by-themselves',
): Promise<(scenario: Pick<Scenario, 'partners'>, routeId: string) => Promise<void>> {
  const url = `${partnersUrl}/control/behaviours`;
  let known = Behaviours.parse(await (await fetch(url)).json());
  let latest: Promise<unknown> = Promise.resolve();
  return async ({ partners }, routeId) => {
    known = [
      ...known.filter((rule) => rule.routeId !== routeId),
      ...behavioursOf(partners, routeId, answering),
    ];
    const body = JSON.stringify(known);
    // One after the other: a shorter list that arrives last would take rules away again.
    latest = latest.then(() =>
      fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body }),
    );
    await latest;
  };
}
