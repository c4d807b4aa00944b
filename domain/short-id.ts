/**
 * A short form of an id, to remember many of them in little room: six characters for 36 bits of cyrb53, a hash of 53. A
 * new id looks like one of two thousand known ones with a chance of one in thirty million. Own code: the domain imports
 * nothing.
 */
export const SHORT_ID_LENGTH = 6;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** @param id - of any length */
export function shortId(id: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < id.length; i += 1) {
    const code = id.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return inLetters(b & 0x3ffff) + inLetters(a >>> 14);
}

/** Whether what is kept is that of an id. Routes of before keep some ids whole. */
export const isOfId = (kept: string, id: string): boolean => kept === shortId(id) || kept === id;

/** Three letters for 18 bits. */
function inLetters(bits: number): string {
  return [12, 6, 0].map((shift) => alphabet[(bits >>> shift) & 63]).join('');
}
