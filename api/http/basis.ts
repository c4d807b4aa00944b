/** The basis of a date, a norm or a rent in the language of an answer: rule sets have in English what is no law. */
import type { Language } from '../../contracts/vocabulary.ts';
import { basisText } from '../../domain/basis-texts.ts';

/** There are as many as the rule sets have. */
const dutch = new Map<string, string>();

function inDutch(basis: string): string {
  const text = dutch.get(basis) ?? basisText(basis, 'nl');
  if (dutch.size < 1000) dutch.set(basis, text);
  return text;
}

/** The same answer, with each `basis` in it in that language. */
export function withBasisIn(language: Language, body: unknown): unknown {
  if (language === 'en' || body === null || typeof body !== 'object') return body;
  if (Array.isArray(body)) return body.map((each) => withBasisIn(language, each));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      name === 'basis' && typeof value === 'string' ? inDutch(value) : withBasisIn(language, value),
    ]),
  );
}
