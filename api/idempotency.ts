/** Idempotency: which route a key stands for, and whether the same was asked under it. */
import { createHmac } from 'node:crypto';
import { derivedId } from '../platform/derived-id.ts';

export { fingerprintKeyOf } from '../platform/payload-keys.ts';

/**
 * The route that an `Idempotency-Key` of this caller stands for: a UUID version 8, the same at every call, so that
 * Temporal itself sees to it that there is one.
 */
export function routeIdFor({
  issuer,
  subject,
  key,
}: {
  issuer: string;
  subject: string;
  key: string;
}): string {
  return derivedId([issuer, subject, key]);
}

/**
 * Tells one body from another without keeping it. Keyed, since a body may be guessed (a BSN has nine digits).
 * @param about - plain JSON; the order of its properties does not count
 */
export function fingerprintOf(about: unknown, key: Uint8Array): string {
  return createHmac('sha256', key).update(canonical(about)).digest('base64url');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
