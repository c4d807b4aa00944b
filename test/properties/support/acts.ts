/** What a partner tells and a person orders, in the words of the route. */
import type { Command } from '../../../domain/command.ts';
import type { PartnerNews } from '../../../domain/news.ts';
import { isAsked, type StepId } from '../../../domain/steps.ts';
import { partyOf } from '../../../domain/template.ts';
import { routeId } from '../../support/a-route.ts';
import type { World } from './world.ts';

/** Where the homes of these tests lie; what is no code is a corporation's own word for it. */
export const areas = ['BU01530101', '7511', '7512 AB', 'Roombeek'] as const;

/** What a partner would answer; corporations give a home the same name when they offer it again. */
export function answer(
  world: World,
  stepId: StepId,
  kind: 'step-completed' | 'step-refused' | 'offer-made',
  attempt: number,
): Omit<PartnerNews, 'eventId'> {
  const party = partyOf(stepId);
  const { length } = world.told;
  return {
    party: isAsked(party) ? party : 'civil-registry',
    kind,
    requestId: `${routeId}:${stepId}:${attempt}`,
    ...(kind === 'step-refused' && { reason: 'not-possible' }),
    ...(kind === 'offer-made' && {
      offer: {
        offerId: `home-${length % 3}`,
        housingForm: 'own-home',
        ...(length % 5 > 0 && { area: areas[length % areas.length]! }),
        ...(length % 7 > 0 && { lease: length % 2 ? ('tripartite' as const) : ('own' as const) }),
      },
    }),
  };
}

/** What the ledger tells about a place; a place has one of three names. */
export function placeNews(kind: 'place-granted' | 'place-ended', nr: number): Omit<PartnerNews, 'eventId'> {
  const place = {
    region: 'twente',
    year: 2026,
    reservationId: `4f1c2a10-7a35-8f57-9a55-00000000000${nr % 3}`,
    corporation: 'de-woonplaats',
    municipality: 'GM0153',
    housingForm: 'own-home',
    until: '2027-05-01T00:00:00.000Z',
  };
  const { reservationId, until } = place;
  if (kind === 'place-granted') return { party: 'housing-agreement', kind, place };
  const ended = { reservationId, ...(nr % 2 === 0 && { until }) };
  return { party: 'housing-agreement', kind, ended, reason: nr % 2 === 0 ? 'lapsed' : 'released' };
}

/** Gives a command under a key of its own. */
export async function give(world: World, command: Command, by = 'cm-17', municipality?: string) {
  const id = `${by}:key-${world.ordered.length}-${world.now}`;
  return world.order({
    id,
    fingerprint: 'f'.repeat(64),
    actor: {
      subject: by,
      role: 'case-manager',
      municipality: municipality ?? world.state.municipality,
    },
    command,
  });
}
