/** The rules that hold today where a route is: for moving routes that are under way to another rule set. */
import type { RouteState } from '../domain/route-state.ts';
import { rulesOn, type RouteRules, type RuleBook } from '../domain/rules.ts';
import { QueryInvalid } from './route-line.ts';
import { loadRuleBook } from './rule-sets.ts';

/** Reads the rule sets anew each day: what holds changes at midnight, and with a new file after a restart. */
export function rulesOfToday() {
  let read: { readonly day: string; readonly book: Promise<RuleBook> } | undefined;
  /** @throws QueryInvalid when there is no national set of this id */
  return async (
    ruleSet: string,
    { municipality, region }: Pick<RouteState, 'municipality' | 'region'>,
  ): Promise<RouteRules> => {
    const now = new Date().toISOString();
    const day = now.slice(0, 10);
    if (read?.day !== day) read = { day, book: loadRuleBook(now) };
    const book = await read.book;
    if (book.sets.get(ruleSet)?.layer !== 'national')
      throw new QueryInvalid(`There is no national rule set ${ruleSet}.`);
    return rulesOn(book, { national: ruleSet, municipality, ...(region && { region }), now });
  };
}
