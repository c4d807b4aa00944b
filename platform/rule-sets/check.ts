/** Checks the rule sets against each other: what lies over what, and that nothing goes beyond what the law allows. */
import type {
  Limit,
  LocalRule,
  LocalRuleSet,
  NationalRule,
  NationalRuleSet,
} from '../../contracts/rule-set.ts';
import { addDays, type Calendar } from '../../domain/calendar.ts';
import { calendarOf, neededRules, termsOf } from '../../domain/rules.ts';
import { isProcessStepId } from '../../domain/steps.ts';
import { dayBeyond } from './maximum.ts';
import { fault, overlap, type RuleFile } from './read.ts';

/** What the sets are checked under. */
export interface Circumstances {
  /** Day (YYYY-MM-DD) on which each step must have its rule. */
  readonly day: string;
  /** Some years of days on which terms that are compared begin; asked for only when it takes them to compare. */
  readonly years: () => Calendar;
}

/** @throws SettingsError: one line that names the file, the fault, and both rules where two of them clash */
export function checkRuleSets(files: readonly RuleFile[], circumstances: Circumstances): void {
  const nationals = files.filter(isNational);
  const locals = files.filter(isLocal);
  for (const national of nationals) {
    checkNational(national, circumstances);
    checkConcerns(national, national.set);
  }
  checkRegions(files);
  for (const [i, local] of locals.entries()) {
    const same = locals.slice(0, i).find((other) => placeOf(other.set) === placeOf(local.set));
    if (same) throw fault(local.file, `lies over the same as ${same.file}: ${placeOf(local.set)}`);
    const national = nationals.find(({ set }) => set.id === local.set.overlays);
    if (!national) throw fault(local.file, `overlays ${local.set.overlays}, which is no national rule set`);
    checkConcerns(local, national.set);
    for (const rule of local.set.rules) checkLocal({ file: local.file, rule }, national, circumstances);
  }
}

/** A route is under the rules of one region: else it would depend on the order of the files which one. */
function checkRegions(files: readonly RuleFile[]): void {
  const found = new Map<string, { file: string; region: string }>();
  for (const { file, set } of files) {
    if (set.layer !== 'region') continue;
    for (const municipality of set.municipalities) {
      const other = found.get(municipality);
      if (other && other.region !== set.region)
        throw fault(file, `${municipality} lies in region ${other.region} already, by ${other.file}`);
      found.set(municipality, { file, region: set.region });
    }
  }
}

function checkNational({ file, set }: RuleFile<NationalRuleSet>, circumstances: Circumstances): void {
  const { day } = circumstances;
  const terms = termsOf(set, day);
  const missing = neededRules.filter((id) => !Object.hasOwn(terms, id));
  if (missing.length > 0) throw fault(file, `no rule on ${day} for ${missing.join(', ')}`);
  for (const rule of set.rules) {
    const beyond = rule.maximum && beyondOn(rule, rule.maximum, set, circumstances);
    if (beyond)
      throw fault(
        file,
        `${rule.id}: ${text(rule.limit)} can end later than its own maximum of ${text(rule.maximum!)}, as on ${beyond}`,
      );
  }
}

/** What follows from a concern has a term that there is, and opens a step again that there is. */
function checkConcerns({ file, set }: RuleFile, national: NationalRuleSet): void {
  const rules = new Set([...national.rules, ...set.rules].map(({ id }) => id));
  for (const { id, term, reopens } of set.concerns ?? []) {
    if (term !== undefined && !rules.has(term)) throw fault(file, `${id}: there is no rule ${term}`);
    if (reopens !== undefined && !isProcessStepId(reopens))
      throw fault(file, `${id}: there is no step ${reopens}`);
  }
}

function checkLocal(
  { file, rule }: { file: string; rule: LocalRule },
  national: RuleFile<NationalRuleSet>,
  circumstances: Circumstances,
): void {
  const named = national.set.rules.filter(({ id }) => id === rule.id);
  if (named.length === 0 && !rule.additional)
    throw fault(file, `${rule.id} is no rule of ${national.file}, nor is it marked as additional`);
  if (named.length > 0 && rule.additional)
    throw fault(file, `${rule.id} is marked as additional, but is a rule of ${national.file}`);
  for (const over of named.filter((each) => overlap(each, rule))) {
    const maximum = maximumOf(over);
    const beyond = maximum && beyondOn(rule, maximum, national.set, circumstances);
    if (!beyond) continue;
    const ours = `${rule.id} of ${text(rule.limit)} (${rule.basis})`;
    const theirs = `the maximum of ${text(maximum)} that ${over.id} sets in ${national.file} (${over.basis})`;
    throw fault(file, `${ours} can end later than ${theirs}, as when it begins on ${beyond}`);
  }
}

/** A statutory limit is the most that anybody may take, unless the rule names another; what is not law binds nobody. */
const maximumOf = ({ kind, limit, maximum }: NationalRule): Limit | undefined =>
  maximum ?? (kind === 'statutory' ? limit : undefined);

function beyondOn(
  rule: LocalRule | NationalRule,
  maximum: Limit,
  national: NationalRuleSet,
  { day, years }: Circumstances,
): string | undefined {
  return dayBeyond(rule, maximum, () => {
    const calendar = calendarOf(national, years());
    // The last year is for terms to end in.
    return { first: day, last: addDays(calendar.publicHolidays.at(-1) ?? day, -365), calendar };
  });
}

const isNational = (each: RuleFile): each is RuleFile<NationalRuleSet> => each.set.layer === 'national';
const isLocal = (each: RuleFile): each is RuleFile<LocalRuleSet> => each.set.layer !== 'national';

const placeOf = (set: LocalRuleSet): string =>
  `${set.layer} ${set.layer === 'region' ? set.region : set.municipality} over ${set.overlays}`;

const text = (limit: Limit): string =>
  typeof limit === 'string' ? limit : `${limit.workingDays} working days`;
