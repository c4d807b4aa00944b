/** A text in every language of the product. */
import type { Language } from './vocabulary.ts';

export type Text = Readonly<Record<Language, string>>;

/** Dutch first, since it is the default. */
export const t = (nl: string, en: string): Text => ({ nl, en });
