/** A deadlock in words that a case manager understands, in Dutch and English. */
import type { Fact, Language, Party } from '../contracts/vocabulary.ts';
import type { Impasse } from './impasse.ts';

type Text = Readonly<Record<Language, string>>;
const t = (nl: string, en: string): Text => ({ nl, en });

const facts: Record<Fact, Text> = {
  address: t('een adres', 'an address'),
  income: t('een inkomen', 'an income'),
  'debt.stabilised': t('een start met de schulden', 'a start with the debts'),
  'debt.arrangement': t('een schuldregeling', 'a debt arrangement'),
  support: t('begeleiding', 'support'),
  home: t('een woning', 'a home'),
};

/** A fact as it is wanted: "een woning". */
export const factText = (fact: Fact, language: Language): string => facts[fact]?.[language] ?? fact;

/** The name of a deadlock: what its parties wait for. */
export function factsText(name: string, language: Language): string {
  return listed(
    name.split('+').map((fact) => factText(fact as Fact, language)),
    language,
  );
}

/** "Impasse sinds 3 november: de schuldhulpverlening wil eerst een woning; ... Ieder wacht op een ander." */
export function impasseText(
  { members, since }: Impasse,
  partyText: (party: Party, language: Language) => string,
  language: Language,
): string {
  const nl = language === 'nl';
  const wants = members.map(({ party, wants: wanted }) => {
    const what = listed(
      wanted.map((fact) => factText(fact, language)),
      language,
    );
    return nl
      ? `${partyText(party, 'nl')} wil eerst ${what}`
      : `${partyText(party, 'en')} wants ${what} first`;
  });
  const day = since.slice(0, 10);
  return nl
    ? `Impasse sinds ${day}: ${wants.join('; ')}. Ieder wacht op een ander`
    : `Deadlock since ${day}: ${wants.join('; ')}. Each waits for another`;
}

function listed(parts: readonly string[], language: Language): string {
  const last = parts.at(-1) ?? '';
  const and = language === 'nl' ? ' en ' : ' and ';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')}${and}${last}`;
}
