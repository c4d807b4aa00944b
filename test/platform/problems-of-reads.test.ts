/** What may have been carried out, and under which key to repeat it, is told to who gave a command: not to who only looked. */
import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { answerProblem } from '../../api/http/errors.ts';
import { ApiProblem, type ProblemKind } from '../../api/problems.ts';
import { KeyStoreAway } from '../../platform/key-store.ts';

function detailOf(method: string, error: Error): string {
  let sent = '';
  const log = { warn: () => undefined, error: () => undefined };
  const req = {
    method,
    log,
    id: 'r-1',
    originalUrl: '/v1/routes',
    get: () => 'nl',
    acceptsLanguages: () => 'nl',
  };
  const res = {
    headersSent: false,
    locals: {},
    status: () => res,
    set: () => res,
    vary: () => res,
    type: () => res,
    send: (body: string) => (sent = body),
  };
  answerProblem(error, req as unknown as Request, res as unknown as Response, () => undefined);
  return (JSON.parse(sent) as { detail: string }).detail;
}
const both = { nl: 'Een opdracht kan nog worden uitgevoerd.', en: 'A command may still be carried out.' };

it.each(['worker-away', 'temporal-away'] as const)('%s', (kind: ProblemKind) => {
  expect(detailOf('POST', new ApiProblem(kind, both))).toBe(both.nl);
  expect(detailOf('GET', new ApiProblem(kind, both))).not.toMatch(/opdracht|Idempotency-Key/);
  expect(detailOf('GET', new ApiProblem(kind, both))).toContain('opnieuw');
});

it('keys that are away', () => {
  const away = new KeyStoreAway('away');
  expect(detailOf('PUT', away)).toContain('Idempotency-Key');
  expect(detailOf('GET', away)).not.toContain('Idempotency-Key');
});

it('what says nothing of a command stays as it is', () => {
  expect(detailOf('GET', new ApiProblem('unknown-route', both))).toBe(both.nl);
});
