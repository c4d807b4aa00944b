/** What passes between routes and housing agreements, and from one agreement to that of the next year. */
import { typed } from './partner.ts';
import type { CarryOver, PlaceEnded, PlaceGranted } from '../domain/housing-agreement/state.ts';
import type { GrantedPlace } from '../domain/place.ts';
import type { StepRequest } from './partner.ts';

export type { CarryOver, GrantedPlace };

/** What a route asks for a place. */
export interface PlaceRequest extends Pick<StepRequest, 'requestId' | 'routeId' | 'municipality'> {
  readonly region: string;
  readonly housingForm?: string | undefined;
  /** Since when the person waits for a home: ISO 8601, UTC. */
  readonly waitingSince: string;
}

/** A place, or a place in the queue, that a route needs no more. */
export interface PlaceRelease {
  readonly key: string;
  readonly routeId: string;
  readonly region: string;
}

/** What these need from outside. Each call is idempotent by the message's key, or by the request's id. */
export interface AgreementPorts {
  /**
   * Reserves a place for a route, or puts it in the queue; of a place that is there the route hears by a Signal.
   * @throws PartnerFailed
   */
  readonly reserve: (request: PlaceRequest) => Promise<void>;
  /** The route needs no place any more. @throws PartnerFailed */
  readonly release: (release: PlaceRelease) => Promise<void>;
  /** The place is kept for as long again: a home was accepted. The route hears until when. @throws PartnerFailed */
  readonly keep: (key: string, place: GrantedPlace) => Promise<void>;
  /** The place has become a home, in the neighbourhood that it names. @throws PartnerFailed */
  readonly realise: (key: string, place: GrantedPlace) => Promise<void>;
  /**
   * Tells a route of its place: that it was granted one, or that it is over. A place that was granted to a route that has
   * ended is released: nobody would take it. @throws PartnerFailed
   */
  readonly tellRoute: (news: PlaceGranted | PlaceEnded) => Promise<void>;
  /**
   * Brings places and people to the agreement of the next year, but for who was released meanwhile. @throws PartnerFailed
   * while there is none
   */
  readonly carryOver: (message: CarryOver) => Promise<void>;
}

export interface AgreementActivities {
  readonly 'housing-agreement.request': (request: StepRequest) => Promise<string>;
  readonly 'housing-agreement.release': (release: PlaceRelease) => Promise<void>;
  readonly 'housing-agreement.keep': (key: string, place: GrantedPlace) => Promise<void>;
  readonly 'housing-agreement.realise': (key: string, place: GrantedPlace) => Promise<void>;
  readonly 'agreement.place-granted': (granted: PlaceGranted) => Promise<void>;
  readonly 'agreement.place-ended': (ended: PlaceEnded) => Promise<void>;
  /** Several at once. @returns the keys of what was told; the rest is to be told again */
  readonly 'agreement.tell': (all: readonly (PlaceGranted | PlaceEnded)[]) => Promise<readonly string[]>;
  readonly 'agreement.carry-over': (message: CarryOver) => Promise<void>;
}

/** The activities over their ports, named as operations read them in the Temporal UI. */
export function createAgreementActivities(ports: AgreementPorts): AgreementActivities {
  return {
    async 'housing-agreement.request'({ requestId, routeId, municipality, known }) {
      const { region = '', housingForm, waitingSince = new Date().toISOString() } = known;
      const request = { requestId, routeId, municipality, region, housingForm, waitingSince };
      await typed(() => ports.reserve(request));
      return requestId;
    },
    'housing-agreement.release': (release) => typed(() => ports.release(release)),
    'housing-agreement.keep': (key, place) => typed(() => ports.keep(key, place)),
    'housing-agreement.realise': (key, place) => typed(() => ports.realise(key, place)),
    'agreement.place-granted': (granted) => typed(() => ports.tellRoute(granted)),
    'agreement.place-ended': (ended) => typed(() => ports.tellRoute(ended)),
    'agreement.tell': (all) => typed(() => toldOf(all, ports)),
    'agreement.carry-over': (message) => typed(() => ports.carryOver(message)),
  };
}

/** @throws PartnerFailed when nobody could be told */
async function toldOf(
  all: readonly (PlaceGranted | PlaceEnded)[],
  { tellRoute }: AgreementPorts,
): Promise<readonly string[]> {
  const results = await Promise.allSettled(all.map(tellRoute));
  const told = all.filter((_, i) => results[i]!.status === 'fulfilled').map(({ key }) => key);
  const failed = results.find((each) => each.status === 'rejected');
  if (told.length === 0 && failed) throw failed.reason;
  return told;
}
