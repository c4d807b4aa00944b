/** A deadlock in words that a case manager understands, in Dutch and English. */
import type { Fact, Language, Party, ProcessFact } from '../contracts/vocabulary.ts';
import type { RouteAgreement } from './agreement.ts';
import type { Impasse } from './impasse.ts';
import { t, type Text } from './text.ts';

/** How parties, facts and moments are written; texts.ts brings them. */
export interface Words {
  readonly party: (party: Party) => string;
  readonly fact: (fact: Fact) => string;
  readonly clock: (moment: string) => string;
}

const facts: Record<ProcessFact, Text> = {
  address: t('een adres', 'an address'),
  income: t('een inkomen', 'an income'),
  'debt.stabilised': t('een start met de schulden', 'a start with the debts'),
  'debt.arrangement': t('een schuldregeling', 'a debt arrangement'),
  support: t('begeleiding', 'support'),
  home: t('een woning', 'a home'),
};

/** A fact as it is wanted, "een woning": as the process calls it, or the agreement that added it. */
export function factText(fact: Fact, agreement: RouteAgreement | undefined, language: Language): string {
  const known: Readonly<Record<Fact, Text>> = { ...agreement?.titles, ...facts };
  return known[fact]?.[language] ?? fact;
}

/** The name of a deadlock: what its parties wait for. */
export function factsText(name: string, words: Pick<Words, 'fact'>, language: Language): string {
  return listed(name.split('+').map(words.fact), language);
}

/**
 * "Impasse rond een adres en een inkomen, sinds 3 november: de schuldhulpverlening wil eerst een woning; … Ieder wacht op
 * een ander."
 */
export function impasseText({ name, members, since }: Impasse, words: Words, language: Language): string {
  const nl = language === 'nl';
  const wants = members.map(({ party, wants: wanted }) => {
    const what = factsText(wanted.join('+'), words, language);
    return nl ? `${words.party(party)} wil eerst ${what}` : `${words.party(party)} wants ${what} first`;
  });
  const about = factsText(name, words, language);
  return nl
    ? `Impasse rond ${about}, sinds ${words.clock(since)}: ${wants.join('; ')}. Ieder wacht op een ander`
    : `Deadlock about ${about}, since ${words.clock(since)}: ${wants.join('; ')}. Each waits for another`;
}

function listed(parts: readonly string[], language: Language): string {
  const last = parts.at(-1) ?? '';
  const and = language === 'nl' ? ' en ' : ' and ';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')}${and}${last}`;
}
