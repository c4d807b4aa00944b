/** Parts that several operations share: parameters, replies, and who may see what. */
import { z } from 'zod';
import { MessageId, RouteId } from '../../contracts/ids.ts';
import type { Sealed } from '../../contracts/sealed.ts';
import { t } from '../../contracts/text.ts';
import { RouteView } from '../../contracts/views.ts';
import type { Language, Role } from '../../contracts/vocabulary.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { routeView } from '../../domain/view.ts';
import { PersonKeyMissing, type Sealer } from '../../platform/sealer.ts';
import { mayReachRoute, type Caller } from '../access.ts';
import type { Deps } from '../deps.ts';
import type { Gateway } from '../gateway.ts';
import { IfMatch, strongTags } from '../if-match.ts';
import type { Reply, ResponseDoc } from '../operation.ts';
import { ApiProblem, invalidInput, unknownRoute } from '../problems.ts';

/** Who may see routes. */
export const lookers: readonly Role[] = ['case-manager', 'process-director', 'operations'];

/** Who decides about routes. */
export const deciders: readonly Role[] = ['case-manager', 'process-director'];

/** Those who see a route, the person whose it is among them. */
export const lookersAndPerson: readonly Role[] = [...lookers, 'person'];

/** Who decides, and the person, about what is theirs to say. */
export const decidersAndPerson: readonly Role[] = [...deciders, 'person'];

export const OneRoute = z.object({ routeId: RouteId });

export const KeyHeader = z.object({
  'Idempotency-Key': MessageId.optional().describe('Makes a repeated call the same call; a UUID does well'),
});

/** What every command may bring. */
export const CommandHeaders = KeyHeader.extend({
  'If-Match': IfMatch.optional().describe(
    'ETag of the route as the client saw it: where it has changed since, nothing is done (412)',
  ),
});

export const EtagHeader = z.object({
  'If-None-Match': z.string().max(1000).optional().describe('ETag of what the client has'),
});

/** A response that is the view of a route. */
export function viewResponse(description: string, more: ResponseDoc['headers'] = {}): ResponseDoc {
  const headers = { ETag: 'Revision and language of this view', ...more };
  return { description, schema: RouteView, headers };
}

/**
 * Holds the municipality that a token names against that of a route. The server alone says whose a route is: another's is not
 * even asked, so that it is unknown in the same way, and as soon, as one that does not exist, also while no worker is there.
 * @throws ApiProblem unknown-route, also when it is another municipality's; temporal-away
 */
export async function checkReach(gateway: Gateway, caller: Caller, routeId: string): Promise<void> {
  if (caller.municipality === undefined && caller.role !== 'person') return;
  const municipality = await gateway.municipalityOf(routeId);
  if (!mayReachRoute(caller, { routeId, municipality })) throw unknownRoute();
}

/**
 * The state of a route that this caller may see.
 * @throws ApiProblem unknown-route, also when it is another municipality's; worker-away, temporal-away
 */
export async function visibleState(gateway: Gateway, caller: Caller, routeId: string): Promise<RouteState> {
  await checkReach(gateway, caller, routeId);
  const state = await gateway.stateOf(routeId);
  if (!mayReachRoute(caller, state)) throw unknownRoute();
  return state;
}

/** On Amsterdam's calendar, where things take place. */
const dayOf = (moment: string): string =>
  new Date(moment).toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });

/**
 * Holds a day of a body against today.
 * @throws ApiProblem invalid-input for one that is still to come
 */
export function notAfterToday(date: string, location: string, { now }: Pick<Deps, 'now'>): void {
  const late = laterThanToday(date, location, now());
  if (late.length > 0) throw invalidInput(late);
}

/** The fault of a day of a body that is still to come, to be told with others; none for one that is not. */
export function laterThanToday(
  date: string,
  location: string,
  now: string,
): Parameters<typeof invalidInput>[0] {
  if (date <= dayOf(now)) return [];
  const detail = t('moet vandaag of eerder zijn', 'must be today or earlier');
  return [{ in: 'body', location, code: 'in-the-future', detail }];
}

/**
 * Opens something sealed. That it was opened is in the log of data processing before it leaves (http/serve.ts).
 * @throws ApiProblem person-erased when the person's key was destroyed
 */
export async function opened<T>(sealer: Sealer, sealed: Sealed<T>): Promise<T> {
  try {
    return await sealer.open(sealed);
  } catch (error) {
    if (!(error instanceof PersonKeyMissing)) throw error;
    throw new ApiProblem(
      'person-erased',
      t(
        'De gegevens van deze persoon zijn door niemand meer te lezen.',
        "This person's data cannot be read by anyone any more.",
      ),
      { cause: error },
    );
  }
}

/** The view of a route with its ETag. */
export function viewReply(state: RouteState, language: Language, status = 200): Reply {
  return { status, body: routeView(state, language), headers: { ETag: etagOf(state, language) } };
}

/** Another language is another representation, so it is part of the tag. */
export function etagOf({ revision }: RouteState, language: Language): string {
  return `"${revision}.${language}"`;
}

/** The revisions that `If-Match` names, in whichever language they were seen; undefined: any will do. */
export function revisionsOf(ifMatch: string | undefined): number[] | undefined {
  return strongTags(ifMatch)?.flatMap((tag) => {
    const revision = /^"(\d{1,15})\.(?:nl|en)"$/.exec(tag)?.[1];
    return revision === undefined ? [] : [Number(revision)];
  });
}

/** RFC 9110, 13.1.2: weak comparison. */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  const known = ifNoneMatch?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? [];
  return known.includes('*') || known.includes(etag);
}
