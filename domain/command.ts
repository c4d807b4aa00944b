/** A command of a person to a route, as it travels. */
import type { DecisionBody, MoveBody } from '../contracts/commands.ts';
import type {
  ContactBody,
  ContactWith,
  FocusArea,
  InviteSupporterBody,
  SupporterChangeBody,
  SupporterPerson,
  SupportKind,
} from '../contracts/cti.ts';
import type { ConcernFrom, ConcernKind, ConcernOutcome, ConcernOwner } from '../contracts/concern.ts';
import type { ConsentParty, ConsentPurpose } from '../contracts/consent.ts';
import type { DebtProgress } from '../contracts/debt-progress.ts';
import type { MissedSignal } from '../contracts/missed-signals.ts';
import type { SocialExclusionBody } from '../contracts/social-exclusion.ts';
import type { StepResult } from '../contracts/partner-event.ts';
import type { ErasureGround } from '../contracts/erasure.ts';
import type { Person, Wishes } from '../contracts/person.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { Skill, SkillLevels } from '../contracts/skills.ts';
import type {
  DeclineReason,
  Ending,
  HoldKind,
  OfferRefusal,
  ProvisionReason,
  Role,
  Track,
} from '../contracts/vocabulary.ts';
import type { RouteAgreement } from './agreement.ts';
import type { RouteRules } from './rules.ts';
import type { OwnableTrack } from './track-owner.ts';
import type { Why } from './why.ts';

/** Who gives a command: an opaque id, and the limits of the token. */
export interface Actor {
  readonly subject: string;
  readonly role: Role;
  /** The municipality the person works for; left out where the role is not bound to one. */
  readonly municipality?: string;
}

export type Command =
  | { readonly kind: 'identify'; readonly person: Sealed<Person> }
  | {
      readonly kind: 'decide';
      readonly decision: Omit<DecisionBody, 'reason'> & {
        readonly reason: Sealed<string>;
        /** The region's catalogue has the form as a step of the ladder: looked up where the command comes from. */
        readonly ladder?: true;
      };
    }
  | {
      readonly kind: 'record-application';
      /** ISO 8601, UTC. */
      readonly receivedAt: string;
    }
  | { readonly kind: 'begin-provision'; readonly reason: ProvisionReason; readonly note?: Sealed<string> }
  | { readonly kind: 'record-missed-signals'; readonly signals: readonly MissedSignal[] }
  | { readonly kind: 'record-exclusion'; readonly answers: SocialExclusionBody }
  | {
      readonly kind: 'give-consent';
      readonly party: ConsentParty;
      readonly purposes: readonly ConsentPurpose[];
      /** YYYY-MM-DD */
      readonly givenOn: string;
      /** Left out: who gives the command. */
      readonly recordedBy?: string;
    }
  | { readonly kind: 'withdraw-consent'; readonly party: ConsentParty }
  | { readonly kind: 'record-skills'; readonly skills: SkillLevels }
  | {
      readonly kind: 'wish-for-housing';
      /** Left out: none of the forms in particular. */
      readonly housingForm?: string;
    }
  | { readonly kind: 'begin-training'; readonly skills: readonly Skill[] }
  | {
      readonly kind: 'begin-step';
      readonly stepId: string;
      /** YYYY-MM-DD: the last day of a period; left out: as long as its rule allows. */
      readonly until?: string;
      readonly reason: Sealed<string>;
    }
  | { readonly kind: 'record-debt-progress'; readonly progress: DebtProgress }
  | { readonly kind: 'record-move'; readonly move: MoveBody }
  | ({
      readonly kind: 'invite-supporter';
      /** Given at the edge, of the command's own id: the same when it is sent again. */
      readonly supporterId: string;
      readonly who: Sealed<SupporterPerson>;
      readonly support: readonly SupportKind[];
    } & Pick<InviteSupporterBody, 'relation' | 'replaces'>)
  | {
      readonly kind: 'change-supporter';
      readonly supporterId: string;
      readonly change: SupporterChangeBody;
    }
  | {
      readonly kind: 'record-contact';
      readonly contact: Pick<ContactBody, 'date' | 'kind'> & { readonly with: readonly ContactWith[] };
      readonly note?: Sealed<string>;
    }
  | {
      readonly kind: 'raise-concern';
      /** Given at the edge, of the command's own id. */
      readonly concernId: string;
      readonly concern: ConcernKind;
      readonly from: ConcernFrom;
      readonly note?: Sealed<string>;
    }
  | {
      readonly kind: 'settle-concern';
      readonly concernId: string;
      readonly outcome: ConcernOutcome;
      /** Of `handed-over`. */
      readonly owner?: ConcernOwner | undefined;
      /** Of `track-reopened`; left out: as it is proposed. */
      readonly track?: Track | undefined;
      readonly from?: string | undefined;
      readonly reason: Sealed<string>;
    }
  | {
      readonly kind: 'hand-over-track';
      readonly track: OwnableTrack;
      readonly owner: ConcernOwner;
      readonly reason: Sealed<string>;
    }
  | { readonly kind: 'set-focus-areas'; readonly areas: readonly FocusArea[] }
  | {
      readonly kind: 'answer-offer';
      readonly offerId: string;
      readonly accepted: boolean;
      readonly reason?: OfferRefusal;
      readonly note?: Sealed<string>;
    }
  | {
      readonly kind: 'exclude-areas';
      /** Codes; none: no area any more. */
      readonly areas: readonly string[];
    }
  | { readonly kind: 'seal-shelter-address'; readonly address: Sealed<string> }
  | ({ readonly kind: 'redo' | 'skip'; readonly stepId: string } & Why)
  | {
      readonly kind: 'object';
      readonly stepId: string;
      readonly reason: Sealed<string>;
      /** YYYY-MM-DD; left out: now. */
      readonly lodgedOn?: string;
    }
  | ({
      readonly kind: 'complete';
      readonly stepId: string;
      readonly result?: StepResult | undefined;
    } & Why)
  | {
      readonly kind: 'reopen';
      readonly track: Track;
      readonly from?: string;
      readonly reason: Sealed<string>;
    }
  | ({
      readonly kind: 'hold';
      /** ISO 8601, UTC; left out: the person is out of contact. */
      readonly until?: string;
      /** Left out: agreed. */
      readonly absence?: HoldKind;
    } & Why)
  | ({ readonly kind: 'go-on' } & Partial<Why>)
  | { readonly kind: 'ask-commitments'; readonly reason: Sealed<string> }
  | { readonly kind: 'change-case-manager'; readonly caseManager: string; readonly reason?: Sealed<string> }
  | {
      readonly kind: 'close-early';
      readonly reason: Sealed<string>;
      /** Left out: closed-early. */
      readonly ending?: Ending;
    }
  | {
      readonly kind: 'offer-transfer';
      /** The municipality. */
      readonly to: string;
      /** YYYY-MM-DD */
      readonly day: string;
      readonly reason: Sealed<string>;
    }
  | { readonly kind: 'withdraw-transfer' }
  | { readonly kind: 'decline-transfer'; readonly reason: DeclineReason; readonly note?: Sealed<string> }
  | {
      readonly kind: 'accept-transfer';
      readonly caseManager: string;
      /** What holds where the receiver lies: looked up where the command comes from. */
      readonly rules: RouteRules;
      readonly region?: string;
      readonly agreement?: RouteAgreement;
      readonly note?: Sealed<string>;
    }
  | { readonly kind: 'add-note'; readonly note: Sealed<string> }
  | { readonly kind: 'record-wishes'; readonly wishes: Sealed<Wishes> }
  | {
      readonly kind: 'request-erasure';
      /** YYYY-MM-DD; left out: now. */
      readonly requestedOn?: string;
      readonly note?: Sealed<string>;
    }
  | {
      readonly kind: 'decide-erasure';
      readonly decision:
        { readonly granted: true } | { readonly granted: false; readonly ground: ErasureGround };
      readonly reason: Sealed<string>;
    }
  | { readonly kind: 'adopt-rules'; readonly rules: RouteRules; readonly reason: Sealed<string> };

/** One kind of command. */
export type CommandOf<K extends Command['kind']> = Extract<Command, { kind: K }>;

/** A command on its way to a route. `id` makes it idempotent, `fingerprint` tells another one under the same id. */
export interface CommandEnvelope {
  readonly id: string;
  readonly fingerprint: string;
  readonly actor: Actor;
  /** The revisions of the route that it is for, one of which must be the present one; left out: it is for any. */
  readonly ifRevision?: readonly number[];
  readonly command: Command;
}
