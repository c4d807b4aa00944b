/**
 * The ledger of a housing agreement: how many places a region's corporations make available in a year, who holds them,
 * and who waits. Plain JSON that travels from run to run; all of it is bounded, and a test measures that the fullest
 * one there can be stays under 1.9 MB (a payload may have 2). A usual one, of some hundred places, has some 150 KB.
 */
import { EDITION, type OfEdition } from '../edition.ts';
import type { AgreedPlaces, HousingAgreementBody, PlaceWishes } from '../../contracts/housing-agreement.ts';

/**
 * Places that are carried over. Eight hundred are agreed at the most (the contract says so), so that no more than twelve
 * hundred are ever held. What an earlier year has beyond that is not taken over, but counted (`notCarriedOver`).
 */
export const carriedOverAtMost = 400;
/** Who waits. One more is refused by name; only what an earlier year carries over may go beyond it, to the double. */
export const queuedAtMost = 500;
/** Commands that are known by their ids: what somebody may send again is among the latest. */
export const commandsKept = 2000;
/** Reservations that have ended, by their ids. */
export const endedKept = 2000;

/** What was agreed, as people write it down. */
export type AgreementTerms = HousingAgreementBody;

/** What a route asked for. */
export interface Asked {
  readonly reservationId: string;
  /** The holder: nothing is known of the person but this. */
  readonly routeId: string;
  /** The municipality of the route: who may command the reservation. */
  readonly municipality: string;
  readonly wishes: PlaceWishes;
  readonly urgentByLaw: boolean;
  /** ISO 8601, UTC. */
  readonly waitingSince: string;
  /** The how manieth that came to the ledger. */
  readonly arrival: number;
  /** When the reservation was asked to end; else the agreement says so. */
  readonly until?: string;
}

export interface Place {
  readonly corporation: string;
  readonly municipality: string;
  readonly housingForm: string;
  /** Counts for the spread; unknown as long as nobody named one. */
  readonly neighbourhood?: string;
}

export interface Reservation {
  readonly asked: Asked;
  readonly status: 'reserved' | 'realised';
  readonly place: Place;
  /** When the place lapses unless it is realised: ISO 8601, UTC. */
  readonly until: string;
}

/** A route is told that it was granted a place after it waited for one. */
export interface PlaceGranted {
  readonly what: 'place-granted';
  /** The same at each sending. */
  readonly key: string;
  readonly routeId: string;
  readonly reservationId: string;
  readonly region: string;
  readonly year: number;
  readonly place: Place;
  readonly until: string;
}

/**
 * A route is told that its place, or its place in the queue, is over: its term passed, the corporation took it back,
 * somebody other than the route gave it back, or the year was closed and its queue goes nowhere.
 */
export interface PlaceEnded extends Pick<PlaceGranted, 'key' | 'routeId' | 'reservationId'> {
  readonly what: 'place-ended';
  readonly reason: 'lapsed' | 'withdrawn' | 'released' | 'agreement-closed';
  /** Of the place; left out of one in the queue. */
  readonly until?: string;
}

/** What goes to the agreement of the next year. */
export interface CarryOver {
  readonly what: 'carry-over';
  readonly key: string;
  readonly region: string;
  /** The year it goes to. */
  readonly year: number;
  readonly places: readonly AgreedPlaces[];
  readonly queue: readonly Asked[];
}

/** What has to be told; it waits here until it was. */
export type AgreementOutgoing = PlaceGranted | PlaceEnded | CarryOver;

export interface AgreementState extends OfEdition {
  readonly region: string;
  readonly year: number;
  readonly terms: AgreementTerms;
  /** Counts up with each amendment. */
  readonly version: number;
  readonly changedAt: string;
  readonly carriedOver: readonly AgreedPlaces[];
  /** How many places of the year before were not taken over, for want of room; left out: none. */
  readonly notCarriedOver?: number;
  /** Places that corporations took back, and that the terms have not followed yet. */
  readonly withdrawn: readonly AgreedPlaces[];
  /** Places that the year after has; left out: none. Years closed before there was this counted them as withdrawn. */
  readonly carriedOn?: readonly AgreedPlaces[];
  readonly reservations: readonly Reservation[];
  /** In the order of queue.ts. */
  readonly queue: readonly Asked[];
  readonly arrivals: number;
  /** Short ids of commands that were carried out, each with its fingerprint; see packed.ts. */
  readonly commands: string;
  /** Short ids of reservations that have ended, each with how: `R`eleased, `L`apsed, or year `C`losed. */
  readonly ended: string;
  readonly outbox: readonly AgreementOutgoing[];
  /** Holders are told when their place is over; runs of edition 1 that began before there was this do not. */
  readonly tellsEnds?: true;
  /** How many outgoing messages there were: what their keys are made of. */
  readonly told: number;
  readonly closed?: { readonly at: string; readonly carryOver: { places: boolean; queue: boolean } };
}

/** A ledger as it begins: all places free, nobody waits. */
export function begin(
  about: { region: string; year: number; terms: AgreementTerms },
  now: string,
): AgreementState {
  return {
    ...about,
    edition: EDITION,
    tellsEnds: true,
    version: 1,
    changedAt: now,
    carriedOver: [],
    withdrawn: [],
    reservations: [],
    queue: [],
    arrivals: 0,
    commands: '',
    ended: '',
    outbox: [],
    told: 0,
  };
}
