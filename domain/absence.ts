/**
 * Somebody whose route waits since they are not there: nobody knows where they are, or they are in detention. A hold of its
 * own kind, after some time of which its owner is asked to decide whether the route still waits.
 */
import type { HoldKind } from '../contracts/vocabulary.ts';
import { Refused } from './refusal.ts';
import { told } from './route-notices.ts';
import { changed, isPassed, type Ending, type Hold, type RouteState } from './route-state.ts';
import { normOf } from './rules.ts';
import { endOfTerm } from './terms.ts';

type AbsenceKind = Exclude<HoldKind, 'agreed'>;

const norms = {
  'out-of-contact': 'absence.disappearance',
  detained: 'absence.detention',
} as const satisfies Record<AbsenceKind, string>;

/** The norm by which a decision is asked for. */
export const absenceNorm = (kind: AbsenceKind) => norms[kind];

/** What a hold of such a kind has besides others. Routes whose rules are of before have no time for it. */
export function absenceOf(
  { rules }: Pick<RouteState, 'rules'>,
  kind: HoldKind | undefined,
  now: string,
): Pick<Hold, 'kind' | 'decideAt'> {
  if (!kind || kind === 'agreed') return {};
  const norm = normOf(rules, norms[kind]);
  if (!norm) return { kind };
  const length = { limit: String(norm.value), kind: 'assumed' as const };
  return { kind, decideAt: endOfTerm(now, length, rules.calendar) };
}

/** At some moment the owner is asked to decide; the route waits on until they do. */
export function absenceMoments({ hold }: RouteState): {
  at: string;
  pass: (state: RouteState, now: string) => RouteState;
}[] {
  return hold?.decideAt ? [{ at: hold.decideAt, pass: askedToDecide }] : [];
}

function askedToDecide(state: RouteState, now: string): RouteState {
  const { decideAt: _, ...hold } = state.hold!;
  const entry = { what: 'absence-decision', by: 'calendar', reason: hold.kind! };
  return told(changed(state, now, entry, { hold }), 'absence-decision');
}

/** A benefit stops in detention, and nobody here decides about it: its case manager hears that it is to be looked at. */
export const toldOfBenefit = (state: RouteState): RouteState =>
  isPassed(state.steps['income.benefit']) ? told(state, 'benefit-in-detention') : state;

/**
 * Whether a route may end for such a reason: it is on hold for it, and for longer, or foreseeably longer, than the rules
 * let it wait.
 * @throws Refused absence-not-so, absence-too-short
 */
export function refuseUnlessAbsent({ hold }: RouteState, ending: Ending, now: string): void {
  if (ending !== 'disappeared' && ending !== 'detained') return;
  const kind = ending === 'detained' ? 'detained' : 'out-of-contact';
  if (hold?.kind !== kind) throw new Refused('absence-not-so', `The route is not on hold as ${kind}.`);
  const { decideAt, until = now } = hold;
  if (decideAt && decideAt > now && decideAt > until)
    throw new Refused('absence-too-short', `The route waits until ${decideAt} at least.`);
}
