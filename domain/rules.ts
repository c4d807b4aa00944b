/** Which rule holds for which step, where and on which day. */
import type { CooperationAgreement } from '../contracts/cooperation-agreement.ts';
import type {
  Limit,
  LocalRuleSet,
  NationalRuleSet,
  Norm,
  NormId,
  RegionalRuleSet,
  RuleKind,
  RuleSet,
} from '../contracts/rule-set.ts';
import type { TargetGroupTemplate } from '../contracts/target-group.ts';
import type { NormView } from '../contracts/cti-views.ts';
import type { TermSource } from '../contracts/views.ts';
import type { Recipient, Threat, Track } from '../contracts/vocabulary.ts';
import { localDay, type Calendar } from './calendar.ts';
import { packed as packedWeight } from './concern-rules.ts';
import { stepIds, steps, type StepId } from './steps.ts';
import { stepOf, type UnderTemplate } from './template.ts';

/** One rule as a route carries it, with the set it comes from. */
export interface RouteTerm {
  readonly limit: Limit;
  readonly basis: string;
  readonly kind: RuleKind;
  readonly set: string;
  readonly version: string;
}

/** What a method asks for, as a route carries it: in little room. Without a set it is of the national one. */
export type RouteNorm = readonly [value: Norm['value'], basis: string, set?: string, version?: string];

/**
 * The rules a route is under: plain JSON that travels with it, so that a later set changes nothing by itself. A later
 * one is taken over by replacing the whole.
 */
export interface RouteRules {
  /** The national set; each term names its own. */
  readonly set: string;
  readonly version: string;
  readonly reminderShares: readonly number[];
  readonly unreachableAfter: string;
  readonly escalation: { readonly directorAfter: Limit };
  /** Who is told of a passed term, by track; else the case manager. Routes that began before there were any have none. */
  readonly phaseOwners?: Readonly<Partial<Record<Track, Recipient>>>;
  readonly calendar: Calendar;
  readonly terms: Readonly<Record<string, RouteTerm>>;
  /** What Critical Time Intervention asks for. Routes that began before there were any have none, and are held to none. */
  readonly norms?: Readonly<Partial<Record<NormId, RouteNorm>>>;
  /** What follows from which concern, each in one text, see concern-rules.ts. Routes that began before have none. */
  readonly concerns?: readonly string[];
}

/**
 * Every rule set, by id, the calendar for the years to come, the cooperation agreements of the regions, and the templates
 * of the target groups, by id.
 */
export interface RuleBook {
  readonly sets: ReadonlyMap<string, RuleSet>;
  readonly calendar: Calendar;
  readonly agreements: readonly CooperationAgreement[];
  readonly groups: ReadonlyMap<string, TargetGroupTemplate>;
}

/** Where and when a route is: which of the layers hold for it. */
export interface Place {
  /** Id of the national set. */
  readonly national: string;
  readonly municipality: string;
  /** What holds where no region's rule set names the municipality. */
  readonly region?: string | undefined;
  /** ISO 8601 moment; what counts is its day in Amsterdam. */
  readonly now: string;
}

/** The first talk is due within three working days when a threat is known (Wgs art. 4(2)). */
const underThreat = { 'debt.first-talk': 'debt.first-talk.threat' } as const;

/** Terms around a refused decision: to lodge an objection or an appeal (Awb art. 6:7), and to decide on an objection. */
export const lodgingRule = 'decision.lodging';
export const objectionRule = 'decision.objection';

/** Sets the end of repayment in the statutory scheme, see statutory-scheme.ts. */
export const inScheme = 'debt.wsnp';

/** How long the municipality keeps the file of a route. */
export const retentionRule = 'file.retention';

/** By when data is erased that the person wants erased. */
export const erasureRule = 'file.erasure';

/** The ids of the rules that some step needs. */
export const neededRules: readonly string[] = [
  ...new Set([
    ...stepIds.map((id) => steps[id].rule),
    ...Object.values(underThreat),
    lodgingRule,
    objectionRule,
    inScheme,
    retentionRule,
    erasureRule,
  ]),
];

/**
 * The rules that hold for a route: rule by rule the municipality's, else its region's, else the national one. A place
 * without a set of its own is under the layers below alone.
 * @throws RangeError when there is no such national set
 */
export function rulesOn({ sets, calendar }: Pick<RuleBook, 'sets' | 'calendar'>, place: Place): RouteRules {
  const national = sets.get(place.national);
  if (national?.layer !== 'national') throw new RangeError(`No national rule set ${place.national}`);
  const { id, version, reminderShares, unreachableAfter, escalation } = national;
  const own = calendarOf(national, calendar);
  const day = localDay(place.now, own);
  const layers = [national, ...localLayers(sets, place)];
  const weights = Object.values<string>(Object.assign({}, ...layers.map((layer) => weightsOn(layer, day))));
  const norms = Object.assign({}, ...layers.map((layer) => normsOf(layer, day))) as RouteRules['norms'] & {};
  return {
    set: id,
    version,
    reminderShares,
    unreachableAfter,
    escalation,
    phaseOwners: Object.assign({}, ...layers.map((layer) => layer.phaseOwners)),
    calendar: own,
    terms: Object.assign({}, ...layers.map((layer) => termsOf(layer, day))),
    ...(Object.keys(norms).length > 0 && { norms }),
    ...(weights.length > 0 && { concerns: weights }),
  };
}

/** The norms of one set that hold on a day (YYYY-MM-DD), by id. */
function normsOf({ id, version, layer, norms = [] }: RuleSet, day: string): RouteRules['norms'] & {} {
  const from = layer === 'national' ? [] : [id, version];
  const current = norms.filter((each) => each.from <= day && (each.until === undefined || day <= each.until));
  return Object.fromEntries(current.map(({ id: norm, value, basis }) => [norm, [value, basis, ...from]]));
}

/** The rules of one set that weigh concerns on a day (YYYY-MM-DD), by id. */
function weightsOn({ concerns = [] }: RuleSet, day: string): Record<string, string> {
  const current = concerns.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
  return Object.fromEntries(current.map((rule) => [rule.id, packedWeight(rule)]));
}

/** A norm with where it stands, to be shown beside a figure; undefined where the route's rules do not have it. */
export function normOf({ norms, set, version }: RouteRules, norm: NormId): NormView | undefined {
  const found = norms?.[norm];
  if (!found) return undefined;
  const [value, basis, ruleSet = set, ofVersion = version] = found;
  return { norm, value, basis, ruleSet, version: ofVersion };
}

/** How many a norm asks for. */
export const countOf = (norm: NormView): number => Number(norm.value);

/** The calendar under a national set: with the days that it equates with public holidays, in its years. */
export function calendarOf({ equatedDays }: NationalRuleSet, calendar: Calendar): Calendar {
  const first = calendar.publicHolidays[0] ?? '';
  const equated = equatedDays.flatMap(({ days }) => days).filter((day) => day >= first);
  return { ...calendar, publicHolidays: [...new Set([...calendar.publicHolidays, ...equated])].sort() };
}

/** The rules of one set that hold on a day (YYYY-MM-DD), by id. */
export function termsOf({ id: set, version, rules }: RuleSet, day: string): Record<string, RouteTerm> {
  const current = rules.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
  return Object.fromEntries(
    current.map(({ id, limit, basis, kind }) => [id, { limit, basis, kind, set, version }]),
  );
}

/** The region that names a municipality as its own; undefined when none does. */
export function regionOf({ sets }: Pick<RuleBook, 'sets'>, municipality: string): string | undefined {
  return regional(sets).find(({ municipalities }) => municipalities.includes(municipality))?.region;
}

/** Whether some rule set says which municipalities lie in a region. */
export function isKnownRegion({ sets }: Pick<RuleBook, 'sets'>, region: string): boolean {
  return regional(sets).some((set) => set.region === region);
}

/** The municipalities that the rule sets of a region name as its own. */
export function municipalitiesOf({ sets }: Pick<RuleBook, 'sets'>, region: string): string[] {
  const named = regional(sets).filter((set) => set.region === region);
  return [...new Set(named.flatMap(({ municipalities }) => municipalities))];
}

function regional(sets: RuleBook['sets']): RegionalRuleSet[] {
  return [...sets.values()].filter((set) => set.layer === 'region');
}

function localLayers(sets: RuleBook['sets'], place: Place): LocalRuleSet[] {
  const { national, municipality } = place;
  const region = regionOf({ sets }, municipality) ?? place.region;
  const local = [...sets.values()].flatMap((set) =>
    set.layer !== 'national' && set.overlays === national ? [set] : [],
  );
  return [
    ...local.filter((set) => set.layer === 'region' && set.region === region),
    ...local.filter((set) => set.layer === 'municipality' && set.municipality === municipality),
  ];
}

/** The id of the rule that sets the term of a step in its route. */
export function ruleOf(route: UnderTemplate & { readonly threat?: Threat }, stepId: StepId): string {
  if (route.threat && stepId === 'debt.first-talk') return underThreat[stepId];
  return stepOf(route, stepId).rule;
}

/**
 * Where a date comes from, to be told to others with it. A date that comes from no rule set has its basis alone.
 * @param source - as it was kept with the date; left out: as the route's rules say now
 */
export function toldSource(
  { rules }: { readonly rules: RouteRules },
  rule: string,
  source?: TermSource,
): Pick<TermSource, 'basis'> & Partial<TermSource> {
  if (source) return source;
  return Object.hasOwn(rules.terms, rule) ? sourceOf(rules, rule) : { basis: rule };
}

/** Where a date comes from, to be shown beside it: the rule, and the set that it stands in. */
export function sourceOf(rules: RouteRules, rule: string): TermSource {
  const { set, version, basis } = rules.terms[rule] ?? { ...rules, basis: rule };
  return { rule, ruleSet: set, version, basis };
}
