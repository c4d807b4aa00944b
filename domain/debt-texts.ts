/** The debt track in sentences for people. */
import type { DebtView, Guidance } from '../contracts/debt-progress.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { t, type Text } from './text.ts';

export const debtHappenings: Readonly<Record<string, Text>> = {
  'step-begun': t('{step}: aangevraagd', '{step}: asked for'),
  'creditors-answered': t('Schuldeisers antwoordden', 'Creditors answered'),
  'repayment-missed': t('Aflossing van een maand gemist', 'Repayment of a month was missed'),
  'repayment-made-up': t('Gemiste maand alsnog afgelost', 'A missed month was repaid after all'),
  'repayment-in-scheme': t(
    'Aflossing telt in de Wsnp, vanaf de eerste aflossing',
    'Repayment counts in the statutory scheme, from the first one on',
  ),
};

const guidances: Record<Guidance, Text> = {
  'budget-management': t('budgetbeheer', 'budget management'),
  'protective-administration': t('beschermingsbewind', 'protective administration'),
  'budget-coaching': t('budgetcoaching', 'budget coaching'),
};

/** What is shown of the debt track, each in a sentence. Days are YYYY-MM-DD. */
export function debtSentences(debt: Omit<DebtView, 'sentences'>, language: Language): string[] {
  const { weeksToResult, guidance, creditors, admittedOn, repayment } = debt;
  const said: (Text | undefined)[] = [
    weeksToResult === undefined
      ? undefined
      : t(
          `Bij het eerste gesprek is gezegd: over ${weeksToResult} weken een resultaat`,
          `Said at the first talk: a result in ${weeksToResult} weeks`,
        ),
    guidance && t(`Er is ${guidances[guidance].nl}`, `There is ${guidances[guidance].en}`),
    creditors &&
      t(
        `Van ${creditors.asked} schuldeisers stemden er ${creditors.agreed} in en weigerden er ${creditors.refused}`,
        `Of ${creditors.asked} creditors ${creditors.agreed} agreed and ${creditors.refused} refused`,
      ),
    admittedOn === undefined
      ? undefined
      : t(`Toegelaten tot de Wsnp op ${admittedOn}`, `Admitted to the statutory scheme on ${admittedOn}`),
    repayment &&
      t(
        `De aflossing telt vanaf ${repayment.countedFrom} en loopt tot en met ${repayment.until}`,
        `Repayment counts from ${repayment.countedFrom} and runs until ${repayment.until}`,
      ),
    repayment?.missedMonths.length
      ? t(
          `Nog in te halen: ${repayment.missedMonths.join(', ')}`,
          `Still to be made up for: ${repayment.missedMonths.join(', ')}`,
        )
      : undefined,
  ];
  return said.flatMap((text) => (text ? [text[language]] : []));
}
