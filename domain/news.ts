/** News of a partner, as it enters a route. */
import type { StepResult } from '../contracts/partner-event.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';

/** A home as the corporation offers it. */
export interface OfferedHome {
  readonly offerId: string;
  readonly housingForm: string;
  readonly area?: string;
  readonly monthlyRent?: number;
}

/** An event as it enters the route: codes and dates; what is free text is sealed. */
export interface PartnerNews {
  readonly eventId: string;
  readonly party: PartnerParty;
  readonly kind:
    | 'step-completed'
    | 'step-refused'
    | 'offer-made'
    | 'offer-withdrawn'
    | 'commitment-given'
    | 'commitment-declined'
    | 'commitment-broken'
    | 'concern-raised';
  readonly requestId?: string;
  readonly result?: StepResult;
  /** Why a step was refused or an offer withdrawn, or the kind of concern. */
  readonly reason?: string;
  readonly offer?: OfferedHome;
  readonly offerId?: string;
  readonly note?: Sealed<string>;
}
