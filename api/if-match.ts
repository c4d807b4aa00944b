/** `If-Match` (RFC 9110, 13.1.1): what is asked is for what the client has seen, and for nothing that came after it. */
import { z } from 'zod';
import { faults } from '../contracts/faults.ts';

const tag = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
const list = new RegExp(String.raw`^(?:\*|${tag}(?:[ \t]*,[ \t]*${tag})*)$`);

export const IfMatch = z.string().max(1000).regex(list, faults.ifMatch.en);

/**
 * The tags of which one has to match; undefined: any will do, for there is no such header, or it is `*`.
 * A weak tag never matches: it does not say that nothing has changed.
 */
export function strongTags(ifMatch: string | undefined): readonly string[] | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  return [...ifMatch.matchAll(new RegExp(tag, 'g'))]
    .map(([each]) => each)
    .filter((each) => !each.startsWith('W/'));
}
