/** What the parties of a region expect of each other, as its cooperation agreement says: to read before the play. */
import { basisText } from '../../domain/basis-texts.ts';
import type { CooperationAgreement } from '../../contracts/cooperation-agreement.ts';
import type { Fact, Language } from '../../contracts/vocabulary.ts';
import { agreementOn, carried } from '../../domain/agreement.ts';
import { factText } from '../../domain/impasse-texts.ts';
import { limitText } from '../../domain/limit-text.ts';
import { regionOf } from '../../domain/rules.ts';
import { isProcessStepId } from '../../domain/steps.ts';
import { partyText, stepText } from '../../domain/texts.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { texts } from './texts.ts';

export interface Under {
  readonly rules: string;
  readonly rulesFolder: string;
  readonly language: Language;
}

/** Per party what it expects before it begins, and what it may be asked to promise; nothing where no agreement holds. */
export async function partiesOf(
  { start }: Scenario,
  { rules, rulesFolder, language }: Under,
): Promise<string[]> {
  const now = new Date().toISOString();
  const book = await loadRuleBook(now, rulesFolder);
  const { municipality } = start;
  const region = regionOf(book, municipality) ?? start.region;
  const found = agreementOn(book, { national: rules, municipality, region, now });
  const agreement = found && book.agreements.find(({ id }) => id === found.id);
  return agreement ? linesOf(agreement, language) : [];
}

function linesOf(agreement: CooperationAgreement, language: Language): string[] {
  const say = (text: keyof typeof texts) => texts[text][language];
  const facts = (all: readonly Fact[]) =>
    all.map((fact) => factText(fact, carried(agreement), language)).join(', ') || say('nothing');
  const lines = agreement.parties.flatMap(({ party, expects, promises }) => [
    ...expects.map(({ step, facts: wanted, basis }) => {
      const title = isProcessStepId(step) ? stepText({}, step, language) : step;
      return `  ${partyText(party, language)} ${say('expects')} ${facts(wanted)} ${say('before')} “${title}” (${basisText(basis, language)})`;
    }),
    ...promises.map(
      ({ fact, within }) =>
        `  ${partyText(party, language)} ${say('promises')}: ${facts([fact])}, ${say('within')} ${limitText(within, language)}`,
    ),
  ]);
  return [`${say('agreement')}: ${agreement.title[language]} (${agreement.version})`, ...lines];
}
