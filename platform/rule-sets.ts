/** Loads the rule sets that stand in `rules/`, and checks them: a wrong one stops the start, with its fault named. */
import { join } from 'node:path';
import { localDay, type Calendar } from '../domain/calendar.ts';
import type { RuleBook } from '../domain/rules.ts';
import { readAgreements } from './rule-sets/agreements.ts';
import { calendarFor } from './rule-sets/calendar.ts';
import { checkRuleSets } from './rule-sets/check.ts';
import { fault, readRuleFiles } from './rule-sets/read.ts';
import { readTargetGroups } from './rule-sets/target-groups.ts';

const rules = join(import.meta.dirname, '..', 'rules');

/** A route under way for years still finds its dates in the calendar that it started with. */
const yearsAhead = 6;

/** Limits are compared over so many years: weekdays come round in 28, Easter has come early and late by then. */
const yearsCompared = 28;

/**
 * Reads every rule set.
 * @param now - ISO 8601 moment: each step must have its rule on this day, and the calendar begins with this year
 * @throws SettingsError: one line that names file and fault
 */
export async function loadRuleBook(now: string, folder = rules): Promise<RuleBook> {
  const year = new Date(now).getUTCFullYear();
  const calendar = calendarFor(year, 1 + yearsAhead);
  const files = await readRuleFiles(folder);
  let years: Calendar | undefined;
  checkRuleSets(files, {
    day: localDay(now, calendar),
    years: () => (years ??= calendarFor(year, yearsCompared)),
  });
  const sets = new Map<string, (typeof files)[number]['set']>();
  for (const { file, set } of files) {
    if (sets.has(set.id)) throw fault(file, `another rule set has the id ${set.id} too`);
    sets.set(set.id, set);
  }
  return {
    sets,
    calendar,
    agreements: await readAgreements(folder, sets),
    groups: await readTargetGroups(folder, sets),
  };
}
