/** The cooperation agreement as a route carries it: which facts a step needs here, and which it yields. */
import type { CooperationAgreement, HomePromise } from '../contracts/cooperation-agreement.ts';
import type { Limit } from '../contracts/rule-set.ts';
import type { Fact, Language, PartnerParty, Recipient } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import type { Place, RuleBook } from './rules.ts';
import { isProcessStepId, type StepId, steps } from './steps.ts';
import { stepIdsOf, stepOf, type UnderTemplate } from './template.ts';

/**
 * What of an agreement decides about a route: plain JSON that travels with it. A route that began where no agreement
 * held carries none, and is under what the catalogue of steps says.
 */
export interface RouteAgreement {
  readonly id: string;
  readonly version: string;
  /** All that a step needs, for the steps of which the agreement says something. */
  readonly needs: Readonly<Partial<Record<StepId, readonly Fact[]>>>;
  /** Steps that yield a fact besides those that the catalogue names. */
  readonly yields: Readonly<Partial<Record<Fact, readonly StepId[]>>>;
  /** How the facts are called that are its own. */
  readonly titles?: Readonly<Record<Fact, Readonly<Record<Language, string>>>>;
  /** How long a party has to keep a promise of this fact; one that is not listed can't be promised. */
  readonly within: Readonly<Partial<Record<Fact, Limit>>>;
  /** What each party may be asked to promise; left out in routes of before it was held apart: what any of them may. */
  readonly promises?: Readonly<Partial<Record<PartnerParty, readonly Fact[]>>>;
  readonly answerWithin: Limit;
  readonly impasseTo: Recipient;
  /** A place in the housing agreement comes before the search for a home. */
  readonly reservesPlaces?: true;
  /** After how many refusals by preference a talk comes first, and who is told; left out: there is no maximum. */
  readonly preferenceRefusals?: { readonly most: number; readonly to: Recipient };
  /** What the region promises everybody whose application is granted; many regions promise nothing. */
  readonly homePromise?: HomePromise;
}

type UnderAgreement = UnderTemplate & { readonly agreement?: RouteAgreement };

/** The agreement under which a route begins; undefined where none holds. */
export function agreementOn({ agreements, calendar }: RuleBook, place: Place): RouteAgreement | undefined {
  const day = localDay(place.now, calendar);
  const found = agreements.find(
    (each) =>
      each.region === place.region &&
      each.overlays === place.national &&
      each.from <= day &&
      (each.until === undefined || day <= each.until),
  );
  return found && carried(found);
}

/** What a route carries of an agreement. */
export function carried(agreement: CooperationAgreement): RouteAgreement {
  const { id, version, parties, facts, decision, reservesPlaces, homePromise } = agreement;
  const needs: Partial<Record<StepId, Fact[]>> = {};
  for (const { step, facts: expected } of parties.flatMap(({ expects }) => expects)) {
    if (!isProcessStepId(step)) continue; // refused at load
    const lawful = steps[step].always ?? [];
    needs[step] = [...new Set([...lawful, ...expected])];
  }
  const yields = Object.fromEntries(
    facts.map(({ fact, yieldedBy }) => [fact, yieldedBy.filter(isProcessStepId)]),
  );
  const titles = Object.fromEntries(facts.flatMap(({ fact, title }) => (title ? [[fact, title]] : [])));
  const promises = parties.flatMap((each) => each.promises);
  const within = Object.fromEntries(promises.map((each) => [each.fact, each.within]));
  const byParty = parties.map((each) => [each.party, each.promises.map(({ fact }) => fact)]);
  const { preferenceRefusals, ...decides } = decision;
  const refusals = preferenceRefusals && { most: preferenceRefusals.most, to: preferenceRefusals.to };
  const most = refusals ? { preferenceRefusals: refusals } : {};
  const more = {
    ...(facts.some(({ title }) => title) && { titles }),
    ...(reservesPlaces && { reservesPlaces }),
    ...(homePromise && { homePromise }),
  };
  const ofParties = Object.fromEntries(byParty) as NonNullable<RouteAgreement['promises']>;
  return { id, version, needs, yields, within, promises: ofParties, ...decides, ...most, ...more };
}

/** Whether a party may be asked to promise a fact. */
export const mayPromise = ({ within, promises }: RouteAgreement, party: PartnerParty, fact: Fact): boolean =>
  within[fact] !== undefined && (promises === undefined || promises[party]?.includes(fact) === true);

/** The facts that a step needs in this route. */
export function needsOf(route: UnderAgreement, stepId: StepId): readonly Fact[] {
  return route.agreement?.needs[stepId] ?? stepOf(route, stepId).needs ?? [];
}

/** The facts that a step yields in this route, once it is done. */
export function yieldsOf(route: UnderAgreement, stepId: StepId): readonly Fact[] {
  const own = stepOf(route, stepId).yields;
  const facts: Fact[] = own ? [own] : [];
  const more = route.agreement?.yields;
  // Asked of every step at every move of a route: it makes no lists on the way.
  for (const fact in more) if (fact !== own && more[fact]?.includes(stepId)) facts.push(fact);
  return facts;
}

/** The steps that yield a fact, in the order of the process. */
export function yieldersOf(route: UnderAgreement, fact: Fact): readonly StepId[] {
  const more = route.agreement?.yields[fact];
  return stepIdsOf(route).filter(
    (stepId) => stepOf(route, stepId).yields === fact || more?.includes(stepId) === true,
  );
}
