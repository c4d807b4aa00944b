/**
 * One route in the real process, for a test that plays it by hand: at the time of the test, which stands still. A test
 * imports it after one-run.ts, which stands in for what it loads.
 */
import { afterAll, beforeAll, vi } from 'vitest';
import { begin } from '../../../domain/step-transitions.ts';
import type { StartOfRoute } from '../../../domain/route-state.ts';
import { aRoute, now, routeId, rules } from '../../support/a-route.ts';
import { Checks, Tally } from './checks.ts';
import { World } from './world.ts';

/** To be called by a test file: time passes in its tests only as they say. */
export function standStill(): void {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterAll(() => {
    vi.useRealTimers();
  });
}

/** A route that has begun under the national rules. @param known - what was known of the person then */
export function begunRoute(known: Partial<StartOfRoute> = {}): Promise<World> {
  const { openingAnswer, municipality, origin, targetGroup, caseManager } = aRoute();
  const given = { routeId, openingAnswer, municipality, origin, targetGroup, caseManager, by: caseManager };
  return World.start(new Checks(new Tally()), begin({ ...given, rules: rules('nl'), now, ...known }));
}
