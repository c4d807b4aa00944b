/** What digests and figures need of the rule sets: holidays, when a process director is told, which regions there are. */
import { calendarOf, municipalitiesOf } from '../domain/rules.ts';
import type { Region } from '../domain/operations/region-figures.ts';
import type { EscalationRules } from '../domain/operations/stuck.ts';
import { loadRuleBook } from './rule-sets.ts';
import { SettingsError } from './settings.ts';

/**
 * Read anew each time: a worker runs for longer than a calendar reaches.
 * @param at - ISO 8601, UTC
 * @param national - id of the national rule set
 * @throws SettingsError
 */
export async function readToldRules(
  at: string,
  national: string,
): Promise<EscalationRules & { readonly regions: readonly Region[] }> {
  const book = await loadRuleBook(at);
  const set = book.sets.get(national);
  if (set?.layer !== 'national') throw new SettingsError(`RULES: there is no national rule set ${national}`);
  const regions = [...book.sets.values()].flatMap((each) => (each.layer === 'region' ? [each.region] : []));
  return {
    escalation: set.escalation,
    calendar: calendarOf(set, book.calendar),
    regions: [...new Set(regions)]
      .sort()
      .map((region) => ({ region, municipalities: municipalitiesOf(book, region) })),
  };
}
