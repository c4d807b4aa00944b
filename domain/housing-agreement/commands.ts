/** What a ledger is told to do: carried out once under its id, or refused by name without a trace. */
import type { ReservationView } from '../../contracts/housing-agreement-views.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import type { Actor } from '../command.ts';
import { shortFingerprint } from '../commands.ts';
import { recordIn, withRecord } from '../packed.ts';
import { SHORT_ID_LENGTH, shortId } from '../short-id.ts';
import { amend, close, takeOver } from './amendments.ts';
import { AgreementRefused, type AgreementRefusalKind, type Particulars } from './refusal.ts';
import { confirm, find, keep, release, releaseOfRoute, reserve, withdraw } from './reservations.ts';
import {
  commandsKept,
  type AgreementState,
  type AgreementTerms,
  type Asked,
  type CarryOver,
} from './state.ts';
import { reservationView } from './views.ts';

export type AgreementCommand =
  | {
      readonly kind: 'reserve';
      readonly request: Omit<Asked, 'arrival' | 'waitingSince'> & { readonly waitingSince?: string };
      readonly asHeld?: true;
    }
  | {
      readonly kind: 'confirm';
      readonly reservationId: string;
      readonly neighbourhood?: string;
      /** The keys were handed over: it counts where it stands, beyond the share of that neighbourhood as well. */
      readonly asItIs?: true;
    }
  | { readonly kind: 'keep'; readonly reservationId: string }
  | { readonly kind: 'release'; readonly reservationId: string }
  | { readonly kind: 'release-of-route'; readonly routeId: string }
  | { readonly kind: 'withdraw'; readonly reservationId: string; readonly placeStays: boolean }
  | { readonly kind: 'amend'; readonly terms: AgreementTerms; readonly version: number }
  | { readonly kind: 'close'; readonly carryOver: { readonly places: boolean; readonly queue: boolean } }
  | { readonly kind: 'take-over'; readonly brought: Pick<CarryOver, 'places' | 'queue'> };

/** A command on its way. `id` makes it idempotent, `fingerprint` tells another one under the same id. */
export interface AgreementEnvelope {
  readonly id: string;
  readonly fingerprint: string;
  readonly actor: Pick<Actor, 'subject' | 'municipality'>;
  readonly command: AgreementCommand;
  /** Of the sentences in the answer; left out: Dutch. */
  readonly language?: Language;
}

/** What came of a command. */
export type AgreementAnswer =
  | {
      readonly outcome: 'done';
      /** Of the command that was carried out first under this id. */
      readonly fingerprint: string;
      /** Whether it was carried out now. */
      readonly isNew: boolean;
      readonly version: number;
      /** The reservation as it is now; none when it has ended. */
      readonly reservation?: ReservationView;
    }
  | { readonly outcome: 'refused'; readonly kind: AgreementRefusalKind; readonly particulars: Particulars };

const FINGERPRINT_LENGTH = shortFingerprint('').length;

/**
 * Carries out a command, or says why not. Each is answered by itself: what one is refused, the next may be granted.
 * @returns the state, the same one when nothing changed
 */
export function carryOutInLedger(
  state: AgreementState,
  envelope: AgreementEnvelope,
  now: string,
): { readonly state: AgreementState; readonly answer: AgreementAnswer } {
  const { id, fingerprint } = envelope;
  const before = recordIn(state.commands, SHORT_ID_LENGTH + FINGERPRINT_LENGTH, shortId(id));
  if (before !== undefined)
    return { state, answer: answerOf(state, envelope, before.slice(SHORT_ID_LENGTH), false) };
  try {
    const next = apply(state, envelope, now);
    const own = shortFingerprint(fingerprint);
    const isNew = next !== state;
    const record = shortId(id) + own;
    const kept = { ...next, commands: withRecord(next.commands, record, commandsKept), changedAt: now };
    return { state: kept, answer: answerOf(kept, envelope, own, isNew) };
  } catch (error) {
    if (!(error instanceof AgreementRefused)) throw error;
    return { state, answer: { outcome: 'refused', kind: error.kind, particulars: error.particulars } };
  }
}

function answerOf(
  state: AgreementState,
  { command, language }: AgreementEnvelope,
  fingerprint: string,
  isNew: boolean,
): AgreementAnswer {
  const about =
    command.kind === 'reserve'
      ? find(state, { routeId: command.request.routeId })
      : 'reservationId' in command
        ? find(state, { reservationId: command.reservationId })
        : undefined;
  const reservation = about && reservationView(state, about, language);
  const { version } = state;
  return { outcome: 'done', fingerprint, isNew, version, ...(reservation && { reservation }) };
}

function apply(state: AgreementState, { actor, command }: AgreementEnvelope, now: string): AgreementState {
  if ('reservationId' in command) {
    // Somebody else's reservation is none.
    const asked = find(state, command);
    if (asked && actor.municipality !== undefined && actor.municipality !== asked.municipality)
      throw new AgreementRefused('reservation-unknown');
  }
  switch (command.kind) {
    case 'reserve':
      return reserve(state, command.request, now, command.asHeld);
    case 'confirm':
      return confirm(state, command, now);
    case 'keep':
      return keep(state, command, now);
    case 'release':
      return release(state, command, now);
    case 'release-of-route':
      return releaseOfRoute(state, command, now);
    case 'withdraw':
      return withdraw(state, command, now);
    case 'amend':
      return amend(state, command, now);
    case 'close':
      return close(state, command, now);
    case 'take-over':
      return takeOver(state, command.brought, now);
  }
}
