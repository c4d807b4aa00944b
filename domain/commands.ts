/** What people tell a route to do. Each checks first and throws `Refused`; a refused command changes nothing. */
import type { DecisionBody } from '../contracts/commands.ts';
import type { Person } from '../contracts/person.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { OfferRefusal, Role } from '../contracts/vocabulary.ts';
import { ending, finished } from './finish-step.ts';
import { Refused } from './refusal.ts';
import { changed, type RouteState } from './route-state.ts';
import { again } from './step-transitions.ts';
import { isStepId, steps } from './steps.ts';

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
      readonly decision: Omit<DecisionBody, 'reason'> & { readonly reason: Sealed<string> };
    }
  | {
      readonly kind: 'answer-offer';
      readonly offerId: string;
      readonly accepted: boolean;
      readonly reason?: OfferRefusal;
      readonly note?: Sealed<string>;
    }
  | { readonly kind: 'redo'; readonly stepId: string; readonly reason: Sealed<string> };

/** A command on its way to a route. `id` makes it idempotent, `fingerprint` tells another one under the same id. */
export interface CommandEnvelope {
  readonly id: string;
  readonly fingerprint: string;
  readonly actor: Actor;
  readonly command: Command;
}

/** Whether this very command was carried out before, in this run or an earlier one. */
export function handledBefore(state: RouteState, id: string): { readonly fingerprint: string } | undefined {
  return state.commands.find((handled) => handled.id === id);
}

/** How many commands' ids are kept: years of a case manager's work on one route. */
export const commandsKept = 200;

/**
 * Carries out a command.
 * @throws Refused when the route's state forbids it
 */
export function carryOut(state: RouteState, envelope: CommandEnvelope, now: string): RouteState {
  const { actor, id, fingerprint } = envelope;
  if (actor.municipality !== undefined && actor.municipality !== state.municipality)
    throw new Refused('not-your-route', 'There is no such route.');
  if (handledBefore(state, id)) return state;
  if (state.closedAt || state.ending) throw new Refused('route-closed', 'The route has ended.');
  const next = apply(state, envelope, now);
  return { ...next, commands: [...next.commands, { id, fingerprint }].slice(-commandsKept) };
}

function apply(state: RouteState, { actor, command }: CommandEnvelope, now: string): RouteState {
  const by = actor.subject;
  switch (command.kind) {
    case 'identify': {
      if (state.person) throw new Refused('already-identified', 'The person has been identified already.');
      const next = changed(state, now, undefined, { person: command.person });
      return finished(next, 'intake.identity', by, now);
    }
    case 'decide': {
      if (state.steps['intake.decision']?.status !== 'open')
        throw new Refused(
          'decision-not-open',
          'The intake is not at its decision, or the decision was taken.',
        );
      const { decision } = command;
      const decided = finished(changed(state, now, undefined, { decision }), 'intake.decision', by, now);
      return decision.granted ? decided : ending(decided, 'not-granted', by, now);
    }
    case 'answer-offer':
      return answerOffer(state, command, by, now);
    case 'redo': {
      const { stepId } = command;
      const record = isStepId(stepId) ? state.steps[stepId] : undefined;
      if (!isStepId(stepId) || !record || steps[stepId].kind !== 'request')
        throw new Refused('step-not-redoable', `Step ${stepId} is none that can be asked again now.`);
      if (!['open', 'refused', 'technical'].includes(record.status))
        throw new Refused(
          'step-not-redoable',
          `Step ${stepId} is ${record.status}; it can't be asked again now.`,
        );
      const entry = { what: 'step-redone', by, stepId, attempt: record.attempt, note: command.reason };
      return again(changed(state, now, entry, {}), stepId, now);
    }
  }
}

function answerOffer(
  state: RouteState,
  { offerId, accepted, reason, note }: Extract<Command, { kind: 'answer-offer' }>,
  by: string,
  now: string,
): RouteState {
  const offer = state.offers.find((each) => each.offerId === offerId);
  if (!offer) throw new Refused('offer-unknown', 'This route has no such offer.');
  if (offer.status !== 'open' || state.steps['housing.offer-answer']?.status !== 'open')
    throw new Refused(
      'offer-already-answered',
      `The offer is ${offer.status}; it can't be answered any more.`,
    );
  const offers = state.offers.map((each) =>
    each === offer
      ? {
          ...each,
          status: accepted ? ('accepted' as const) : ('refused' as const),
          answeredAt: now,
          ...(reason && { refusal: reason }),
        }
      : each,
  );
  const entry = {
    what: accepted ? 'offer-accepted' : 'offer-refused',
    by,
    ...(reason && { reason }),
    ...(note && { note }),
  };
  const next = changed(state, now, entry, { offers });
  return finished(next, 'housing.offer-answer', by, now);
}
