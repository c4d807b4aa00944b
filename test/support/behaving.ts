/** How the played partners behave, said of each route: what one test asks of them is nothing to those beside it. */
import type { Behaviour } from '../../simulator/behaviours.ts';
import type { System } from './system.ts';

/** @returns says how the partners behave towards a route, from now on; others they treat as before */
export function behaving(
  simulator: Pick<System['simulator'], 'setBehaviours'>,
): (routeId: string, rules: readonly Omit<Behaviour, 'routeId'>[]) => Promise<void> {
  const all = new Map<string, readonly Behaviour[]>();
  return async (routeId, rules) => {
    all.set(
      routeId,
      rules.map((rule) => ({ ...rule, routeId })),
    );
    await simulator.setBehaviours([...all.values()].flat());
  };
}
