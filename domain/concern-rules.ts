/**
 * Concerns are weighed by rules: what follows from one of a kind, as far as the route is, and as often as it was raised.
 * Of all rules that hold the strongest counts, so that a rule can be added and takes nothing away.
 */
import type { ConcernRule } from '../contracts/concern-rule.ts';
import type { ConcernFollows, ConcernKind } from '../contracts/concern.ts';
import type { Stage } from '../contracts/vocabulary.ts';
import type { RouteRules } from './rules.ts';
import { endOfTerm, termFor } from './terms.ts';

/** What of a rule weighs. */
export type Weight = Pick<
  ConcernRule,
  'concern' | 'follows' | 'term' | 'stages' | 'times' | 'within' | 'reopens'
>;

/** A concern as it is weighed. */
export interface Weighed {
  readonly kind: ConcernKind;
  readonly stage: Stage;
  /** When others of its kind were raised before: ISO 8601, UTC. */
  readonly before: readonly string[];
  /** Whether a track is over, and something of it was passed from this step on. */
  readonly canReopen: (stepId: string) => boolean;
}

export interface Consequence {
  readonly follows: ConcernFollows;
  readonly dueAt?: string;
  /** The rule that sets `dueAt`. */
  readonly term?: string;
}

/** How many concerns of a kind before the present one count at the most: a rule speaks of the third at the latest. */
export const earlierKept = 2;

const strength: Readonly<Record<ConcernFollows, number>> = { note: 0, reopen: 1, 'crisis-contact': 2 };

/** Whether one consequence asks more than another. */
export const isStronger = (one: ConcernFollows, other: ConcernFollows): boolean =>
  strength[one] > strength[other];

/** What follows from a concern; of consequences that are equally strong, the one that is due first. */
export function consequenceOf(rules: RouteRules, weighed: Weighed, now: string): Consequence {
  const all = weightsOf(rules)
    .filter((rule) => holds(rule, weighed, rules, now))
    .map(({ follows, term }): Consequence => {
      const dueAt = term && termFor(rules, term, { from: now })?.dueAt;
      return dueAt ? { follows, dueAt, term } : { follows };
    });
  return all.reduce((best, each) => (goesBefore(each, best) ? each : best), { follows: 'note' });
}

function goesBefore(one: Consequence, other: Consequence): boolean {
  if (one.follows !== other.follows) return isStronger(one.follows, other.follows);
  return (one.dueAt ?? '9') < (other.dueAt ?? '9');
}

function holds(rule: Weight, { kind, stage, before, canReopen }: Weighed, rules: RouteRules, now: string) {
  const { concern, stages, times = 1, within, reopens } = rule;
  if (concern !== kind || (stages && !stages.some((each) => each === stage))) return false;
  if (reopens && !canReopen(reopens)) return false;
  const stillCounts = (at: string) =>
    within !== undefined && endOfTerm(at, { limit: within, kind: 'sector' }, rules.calendar) >= now;
  return 1 + before.filter(stillCounts).length >= times;
}

/** The rules of a route that weigh concerns. Routes that began before there were any have none. */
export const weightsOf = ({ concerns = [] }: Pick<RouteRules, 'concerns'>): readonly Weight[] =>
  concerns.map(unpacked);

/** The rule behind what follows from a kind of concern, as the route's rules are now. */
export const weightOf = (rules: RouteRules, kind: ConcernKind, follows: ConcernFollows): Weight | undefined =>
  weightsOf(rules).find((rule) => rule.concern === kind && rule.follows === follows);

/** In little room: words with spaces between them, kind and consequence as letters; what is left out at the end is left. */
export function packed({ concern, follows, term, times, within, reopens, stages }: Weight): string {
  const first = kinds[concern] + consequences[follows];
  const words = [first, term, times, within, reopens, stages?.map((stage) => stageLetters[stage]).join('')];
  return words
    .map((word) => word ?? '-')
    .join(' ')
    .replace(/( -)+$/, '');
}

function unpacked(text: string): Weight {
  const [first = '', term, times, within, reopens, stages] = text
    .split(' ')
    .map((word) => (word === '-' ? undefined : word));
  return {
    concern: kindOf(first[0]!),
    follows: consequence(first[1]!),
    ...(term && { term }),
    ...(times && { times: Number(times) }),
    ...(within && { within }),
    ...(reopens && { reopens }),
    ...(stages && { stages: stages.split('').map((letter) => keyOf(stageLetters, letter)) }),
  };
}

/** Letters that stand for words, here and in concern-record.ts. What was written once is read for years. */
export const kinds: Readonly<Record<ConcernKind, string>> = {
  'rent-arrears': 'r',
  nuisance: 'n',
  'missed-contact': 'm',
  crisis: 'c',
  'supporter-lost': 's',
  other: 'o',
};

export const consequences: Readonly<Record<ConcernFollows, string>> = {
  note: 'n',
  'crisis-contact': 'c',
  reopen: 'r',
};

const stageLetters: Readonly<Record<Exclude<Stage, 'closed'>, string>> = {
  intake: 'i',
  housing: 'h',
  cti: 'c',
  aftercare: 'a',
  'debt-repayment': 'd',
};

/** The word that a letter stands for. */
export const keyOf = <K extends string>(letters: Readonly<Record<K, string>>, letter: string): K =>
  (Object.keys(letters) as K[]).find((key) => letters[key] === letter)!;

/** Whether a text is a kind of concern. */
export const isConcernKind = (text: string): text is ConcernKind => Object.hasOwn(kinds, text);

export const kindOf = (letter: string): ConcernKind => keyOf(kinds, letter);
export const consequence = (letter: string): ConcernFollows => keyOf(consequences, letter);
