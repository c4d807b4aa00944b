/** What a housing agreement has to tell: to routes, and to the agreement of the next year. */
import { typed } from './partner.ts';
import type { CarryOver, PlaceGranted } from '../domain/housing-agreement/state.ts';

/** What these need from outside. Both calls are idempotent by the message's key. */
export interface AgreementPorts {
  /** Tells a route that waited for a place that it was granted one. @throws PartnerFailed */
  readonly placeGranted: (granted: PlaceGranted) => Promise<void>;
  /** Brings places and people to the agreement of the next year. @throws PartnerFailed while there is none */
  readonly carryOver: (message: CarryOver) => Promise<void>;
}

export interface AgreementActivities {
  readonly 'agreement.place-granted': (granted: PlaceGranted) => Promise<void>;
  readonly 'agreement.carry-over': (message: CarryOver) => Promise<void>;
}

/** The activities over their ports, named as operations read them in the Temporal UI. */
export function createAgreementActivities(ports: AgreementPorts): AgreementActivities {
  return {
    'agreement.place-granted': (granted) => typed(() => ports.placeGranted(granted)),
    'agreement.carry-over': (message) => typed(() => ports.carryOver(message)),
  };
}
