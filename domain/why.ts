/** Why somebody mends a route by hand: in words of their own, or by a code. */
import type { Sealed } from '../contracts/sealed.ts';

/** Codes, for where what is typed is not sealed for the person: the Temporal UI. In words: reason-texts.ts. */
export const whyCodes = [
  'partner-outage',
  'request-lost',
  'answer-lost',
  'answered-otherwise',
  'bug-mended',
  'as-agreed',
] as const;

export type WhyCode = (typeof whyCodes)[number];

/** Exactly one of the two. */
export type Why =
  | { readonly reason: Sealed<string>; readonly because?: never }
  | { readonly reason?: never; readonly because: WhyCode };

/** The why of a command, as a line of the timeline has it. */
export const whyOf = ({ reason, because }: Why): { note: Sealed<string> } | { reason: WhyCode } =>
  reason ? { note: reason } : { reason: because };
