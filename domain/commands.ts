/** What people tell a route to do: carried out once under its id, or refused by name without a trace. */
import { beginStep } from './begun-steps.ts';
import type { Actor, Command, CommandEnvelope } from './command.ts';
import { raiseConcern, settleConcern } from './concern-commands.ts';
import { giveConsent, withdrawConsent } from './consent-commands.ts';
import { recordDebtProgress } from './debt-progress.ts';
import { knows } from './edition.ts';
import { excludeAreas } from './excluded-areas.ts';
import { recordSkills, wishForHousing } from './housing-commands.ts';
import { recordContact } from './contacts.ts';
import { setFocusAreas } from './cti.ts';
import { decideErasure, requestErasure } from './erasure.ts';
import { decide, identify, recordWishes } from './intake-commands.ts';
import { objectTo } from './objection.ts';
import { answerOffer } from './offer-answer.ts';
import { recordApplication } from './intake-terms.ts';
import { recordMissedSignals } from './missed-signals.ts';
import { recordExclusion } from './social-exclusion.ts';
import { recordMove } from './moves.ts';
import { recordIn, withRecord } from './packed.ts';
import { Refused } from './refusal.ts';
import { completeByHand, redo, reopen, skip } from './repairs.ts';
import type { RouteState } from './route-state.ts';
import {
  addNote,
  adoptRules,
  askCommitments,
  changeCaseManager,
  closeEarly,
  goOn,
  hold,
} from './route-commands.ts';
import { sealShelterAddress } from './shelter-address.ts';
import { SHORT_ID_LENGTH, shortId } from './short-id.ts';
import { changeSupporter, inviteSupporter } from './supporters.ts';
import { beginProvision } from './temporary-provision.ts';
import { handOverTrack } from './track-owner.ts';
import { beginTraining } from './training.ts';
import { acceptTransfer } from './transfer-acceptance.ts';
import { declineTransfer, offerTransfer, refuseOwnAnswer, withdrawTransfer } from './transfer.ts';

/** How many commands are remembered: what somebody may send again is among the latest. */
export const commandsKept = 100;

/** The fingerprint under which a command with this id was carried out, in this run or an earlier one. */
export function handledBefore(state: RouteState, id: string): { readonly fingerprint: string } | undefined {
  const handled = recordIn(state.commands, SHORT_ID_LENGTH + FINGERPRINT_LENGTH, shortId(id));
  return handled === undefined ? undefined : { fingerprint: handled.slice(SHORT_ID_LENGTH) };
}

const FINGERPRINT_LENGTH = 16;

/** A fingerprint as the route remembers it; the whole one would cost more room than it is worth. */
export const shortFingerprint = (fingerprint: string): string =>
  fingerprint.slice(0, FINGERPRINT_LENGTH).padEnd(FINGERPRINT_LENGTH, '.');

/**
 * Carries out a command.
 * @throws Refused when the route's state forbids it
 */
export function carryOut(state: RouteState, envelope: CommandEnvelope, now: string): RouteState {
  const { actor, id, fingerprint, command } = envelope;
  if (!mayCommand(state, actor, command)) throw new Refused('not-your-route', 'There is no such route.');
  if (handledBefore(state, id)) return state;
  refuseChanged(state, envelope);
  if (state.closedAt) throw new Refused('route-closed', 'The route has ended.');
  if (state.ending && !mendsClosure(state, command))
    throw new Refused(
      'route-ending',
      'The route is ending: what can still be done is to settle its concerns, change its case manager, hand over its file, erase data, and record that the person has died.',
    );
  refuseOwnAnswer(state, actor, command);
  const next = apply(state, actor.subject, command, now);
  const handled = shortId(id) + shortFingerprint(fingerprint);
  return { ...next, commands: withRecord(next.commands, handled, commandsKept) };
}

/**
 * Somebody else was first: what is asked may no longer be what its sender wants. A run of before this was known carried such
 * commands out, and must go on doing so when it is replayed: there the API looks, before it sends one.
 */
function refuseChanged(state: RouteState, { ifRevision }: CommandEnvelope): void {
  if (knows(state, 10) && !isFor(ifRevision, state)) throw routeChanged();
}

/** Whether a command that names these revisions is for the route as it is now. */
export const isFor = (ifRevision: readonly number[] | undefined, { revision }: RouteState): boolean =>
  ifRevision?.includes(revision) ?? true;

/** The refusal of a command that is not. */
export const routeChanged = (): Refused =>
  new Refused('route-changed', 'The route has changed since: read it again.');

/** People of a municipality command its own routes, and answer what is offered to it. Whoever is bound to none may do both. */
function mayCommand(state: RouteState, { municipality }: Actor, { kind }: Command): boolean {
  if (municipality === undefined || municipality === state.municipality) return true;
  const isAnswer = kind === 'accept-transfer' || kind === 'decline-transfer';
  return isAnswer && municipality === state.transfer?.to;
}

/** A route that is ending has one step left, and that one can get stuck as well; it waits for concerns to be settled. */
function mendsClosure(state: RouteState, command: Command): boolean {
  return (
    // Who dies before the file is handed over has no concerns that anybody still looks after.
    (command.kind === 'close-early' && command.ending === 'deceased' && !state.steps['closure.file']) ||
    ((command.kind === 'redo' || command.kind === 'complete') && command.stepId === 'closure.file') ||
    command.kind === 'change-case-manager' ||
    command.kind === 'settle-concern' ||
    command.kind === 'request-erasure' ||
    command.kind === 'decide-erasure'
  );
}

function apply(state: RouteState, by: string, command: Command, now: string): RouteState {
  switch (command.kind) {
    case 'identify':
      return identify(state, command, by, now);
    case 'record-application':
      return recordApplication(state, command, by, now);
    case 'begin-provision':
      return beginProvision(state, command, by, now);
    case 'record-missed-signals':
      return recordMissedSignals(state, command, by, now);
    case 'record-exclusion':
      return recordExclusion(state, command, by, now);
    case 'give-consent':
      return giveConsent(state, command, by, now);
    case 'withdraw-consent':
      return withdrawConsent(state, command, by, now);
    case 'record-skills':
      return recordSkills(state, command, by, now);
    case 'wish-for-housing':
      return wishForHousing(state, command, by, now);
    case 'begin-training':
      return beginTraining(state, command, by, now);
    case 'begin-step':
      return beginStep(state, command, by, now);
    case 'record-debt-progress':
      return recordDebtProgress(state, command, by, now);
    case 'record-move':
      return recordMove(state, command, by, now);
    case 'invite-supporter':
      return inviteSupporter(state, command, by, now);
    case 'change-supporter':
      return changeSupporter(state, command, by, now);
    case 'record-contact':
      return recordContact(state, command, by, now);
    case 'raise-concern':
      return raiseConcern(state, command, by, now);
    case 'settle-concern':
      return settleConcern(state, command, by, now);
    case 'hand-over-track':
      return handOverTrack(state, command, by, now);
    case 'set-focus-areas':
      return setFocusAreas(state, command, by, now);
    case 'decide':
      return decide(state, command, by, now);
    case 'answer-offer':
      return answerOffer(state, command, by, now);
    case 'exclude-areas':
      return excludeAreas(state, command, by, now);
    case 'seal-shelter-address':
      return sealShelterAddress(state, command, by, now);
    case 'redo':
      return redo(state, command, by, now);
    case 'skip':
      return skip(state, command, by, now);
    case 'object':
      return objectTo(state, command, by, now);
    case 'complete':
      return completeByHand(state, command, by, now);
    case 'reopen':
      return reopen(state, command, by, now);
    case 'hold':
      return hold(state, command, by, now);
    case 'go-on':
      return goOn(state, command, by, now);
    case 'ask-commitments':
      return askCommitments(state, command, by, now);
    case 'change-case-manager':
      return changeCaseManager(state, command, by, now);
    case 'close-early':
      return closeEarly(state, command, by, now);
    case 'adopt-rules':
      return adoptRules(state, command, by, now);
    case 'offer-transfer':
      return offerTransfer(state, command, by, now);
    case 'withdraw-transfer':
      return withdrawTransfer(state, by, now);
    case 'decline-transfer':
      return declineTransfer(state, command, by, now);
    case 'accept-transfer':
      return acceptTransfer(state, command, by, now);
    case 'add-note':
      return addNote(state, command, by, now);
    case 'record-wishes':
      return recordWishes(state, command, by, now);
    case 'request-erasure':
      return requestErasure(state, command, by, now);
    case 'decide-erasure':
      return decideErasure(state, command, by, now);
  }
}
