/** News of a partner, as it enters a route. */
import type { DebtProgress } from '../contracts/debt-progress.ts';
import type { StepResult } from '../contracts/partner-event.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { AskedParty, Lease } from '../contracts/vocabulary.ts';
import type { GrantedPlace } from './place.ts';

/** A home as the corporation offers it. */
export interface OfferedHome {
  readonly offerId: string;
  readonly housingForm: string;
  readonly area?: string;
  readonly monthlyRent?: number;
  /** Who rents it. Offers of before there was a choice do not say. */
  readonly lease?: Lease;
}

/** An event as it enters the route: codes and dates; what is free text is sealed. */
export interface PartnerNews {
  readonly eventId: string;
  /**
   * Which arrival of the event this is, eight characters: the API may have to tell the route twice of one, when the first
   * answer got lost on the way. Left out by who never does.
   */
  readonly arrival?: string;
  /** A short fingerprint of what it says, by which another event under its id is known. Left out by who tells none. */
  readonly content?: string;
  readonly party: AskedParty;
  readonly kind:
    | 'step-completed'
    | 'step-refused'
    | 'offer-made'
    | 'offer-withdrawn'
    | 'commitment-given'
    | 'commitment-declined'
    | 'commitment-broken'
    | 'concern-raised'
    | 'debt-progress'
    | 'place-granted'
    | 'place-ended';
  readonly requestId?: string;
  readonly result?: StepResult;
  /** Why a step was refused or an offer withdrawn, or the kind of concern. */
  readonly reason?: string;
  /** What the debt service told besides answers. */
  readonly progress?: DebtProgress;
  readonly offer?: OfferedHome;
  readonly offerId?: string;
  /** Of the housing agreement: which place was granted. */
  readonly place?: GrantedPlace;
  /** Which place is over; without its end, a place in the queue. */
  readonly ended?: Pick<GrantedPlace, 'reservationId'> & Partial<Pick<GrantedPlace, 'until'>>;
  readonly note?: Sealed<string>;
  /** Of news that waits: it had a note, for which there was no room. */
  readonly gone?: true;
}
