/** What the activities need from outside; adapters in `worker/adapters` bring it. They know nothing of Temporal. */
import type { StuckDigest } from '../contracts/digest.ts';
import type { ErasureAnswer, PartnerErasure } from '../contracts/erasure.ts';
import type { PartnerRelease, PartnerRequest } from '../contracts/partner-request.ts';
import type { DataKind } from '../contracts/processing.ts';
import type { Person } from '../contracts/person.ts';
import type { RegionFigures } from '../contracts/region-figures.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';

/** A partner's system. Both calls are idempotent by the request id. */
export interface PartnerPort {
  /**
   * Hands a request over. `done`: what was asked is done with that, and nothing more will be told of it.
   * @throws PartnerFailed
   */
  request(request: PartnerRequest): Promise<'done' | void>;
  /** Withdraws a request. @throws PartnerFailed */
  release(release: PartnerRelease): Promise<void>;
  /** Asks it to erase what it had of a route. @throws PartnerFailed */
  erase(erasure: PartnerErasure): Promise<ErasureAnswer>;
}

/** Something that somebody has to know about a route: codes and dates, nothing personal. */
export interface Notification {
  /** The same at each sending. */
  readonly key: string;
  readonly kind: string;
  /** A party, `case-manager` or `process-director`, and which one. */
  readonly to: string;
  readonly recipient: string;
  readonly routeId: string;
  readonly municipality: string;
  readonly stepId: string;
  readonly dueAt: string;
  readonly basis: string;
  /** Which rule of which set gave the date; left out where it comes from no rule set. */
  readonly rule?: string;
  readonly ruleSet?: string;
  readonly version?: string;
}

/** What is told, under a key that is the same at each sending: of one route, or a digest, or figures. */
export type Message = Notification | ((StuckDigest | RegionFigures) & { readonly key: string });

/** What a partner gets to see of a person, for which step and on which basis. */
export interface DisclosureRecord {
  readonly routeId: string;
  readonly stepId: string;
  readonly requestId: string;
  readonly party: PartnerParty;
  readonly basis: string;
  readonly data: readonly DataKind[];
}

export interface Ports {
  /** Tells somebody; told twice under one key is told once. @throws PartnerFailed */
  readonly notify: (message: Message) => Promise<void>;
  readonly partners: Readonly<Record<PartnerParty, PartnerPort>>;
  /** Opens who the person is. @throws PersonKeyMissing (by its name) */
  readonly openPerson: (person: Sealed<Person>) => Promise<Person>;
  /** Writes in the log of data processing what a party gets to see; resolves when that is durable. */
  readonly recordDisclosure: (disclosed: DisclosureRecord) => Promise<void>;
  /** Makes what was sealed for a route unreadable for good; done twice is done once. */
  readonly deletePersonalData: (routeId: string) => Promise<void>;
  /** Where partners tell what became of a request. */
  readonly replyTo: string;
}

/**
 * Why a partner could not be asked. `PartnerUnreachable` passes by itself; the others need somebody to mend them.
 * A step that fails by one of those becomes technical, with this word as its reason.
 */
export type PartnerFailure = 'PartnerUnreachable' | 'PartnerRejected' | 'PartnerDeniedAccess';

/** Thrown by adapters. The message says what was wrong, without anything of the body. */
export class PartnerFailed extends Error {
  readonly failure: PartnerFailure;
  /** How long the partner asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** An answer came, and nothing can be made of it. */
  readonly isUnreadable: boolean;

  constructor(
    failure: PartnerFailure,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number; isUnreadable?: true } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'PartnerFailed';
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs;
    this.isUnreadable = options.isUnreadable ?? false;
  }
}
