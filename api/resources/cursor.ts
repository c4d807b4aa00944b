/** Cursors of lists: the store's own, with a mark that it was given for these filters, since the store breaks on any other. */
import { z } from 'zod';
import { faults } from '../../contracts/faults.ts';
import { fingerprintOf } from '../idempotency.ts';
import { invalidInput } from '../problems.ts';

export const Cursor = z
  .string()
  .regex(/^[\w-]{1,2000}\.[\w-]{43}$/, faults.cursor.en)
  .describe('nextCursor of the page before; opaque');

/** The cursor that a client gets for a page token of the store. */
export function signedCursor(token: string, filters: object, key: Uint8Array): string {
  return `${token}.${fingerprintOf({ token, filters }, key)}`;
}

/**
 * The store's own page token.
 * @throws ApiProblem invalid-input for a cursor that was not given for these filters
 */
export function openedCursor(cursor: string, filters: object, key: Uint8Array): string {
  const [token] = cursor.split('.') as [string];
  if (cursor === signedCursor(token, filters, key)) return token;
  throw invalidInput([{ in: 'query', location: 'cursor', code: 'not-valid', detail: faults.cursor }]);
}
