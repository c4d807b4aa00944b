/** What a partner tells and a person orders, in the words of the route. */
import type { Command } from '../../../domain/command.ts';
import type { PartnerNews } from '../../../domain/news.ts';
import { isOutside, steps, type StepId } from '../../../domain/steps.ts';
import { routeId } from '../../support/a-route.ts';
import type { World } from './world.ts';

/** What a partner would answer; corporations give a home the same name when they offer it again. */
export function answer(
  world: World,
  stepId: StepId,
  kind: 'step-completed' | 'step-refused' | 'offer-made',
  attempt: number,
): Omit<PartnerNews, 'eventId'> {
  const { party } = steps[stepId];
  return {
    party: isOutside(party) ? party : 'civil-registry',
    kind,
    requestId: `${routeId}:${stepId}:${attempt}`,
    ...(kind === 'step-refused' && { reason: 'not-possible' }),
    ...(kind === 'offer-made' && {
      offer: { offerId: `home-${world.told.length % 3}`, housingForm: 'own-home' },
    }),
  };
}

/** Gives a command under a key of its own. */
export async function give(world: World, command: Command, by = 'cm-17', municipality = 'GM0153') {
  const id = `${by}:key-${world.ordered.length}-${world.now}`;
  return world.order({
    id,
    fingerprint: 'f'.repeat(64),
    actor: { subject: by, role: 'case-manager', municipality },
    command,
  });
}
