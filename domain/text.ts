/** A text in every language of the product; here as well, since contracts are no part of the workflow bundle. */
import type { Text } from '../contracts/text.ts';

export type { Text };

/** Dutch first, since it is the default. */
export const t = (nl: string, en: string): Text => ({ nl, en });
