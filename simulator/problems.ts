/** What goes wrong in a call, as problem+json (RFC 9457). */
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Problem } from '../contracts/problem.ts';

/** A refusal that the caller gets to see. */
export class CallRefused extends Error {
  readonly status: number;
  readonly kind: string;
  readonly errors: Problem['errors'];

  constructor({
    status,
    kind,
    detail,
    errors,
  }: {
    status: number;
    kind: string;
    detail: string;
    errors?: Problem['errors'];
  }) {
    super(detail);
    this.status = status;
    this.kind = kind;
    this.errors = errors;
  }
}

/**
 * Checks an input against its schema.
 * @throws CallRefused (400) with everything that is wrong at once; values are not repeated
 */
export function checked<T>(schema: z.ZodType<T>, input: unknown, where: 'body' | 'query' = 'body'): T {
  const outcome = schema.safeParse(input);
  if (outcome.success) return outcome.data;
  const errors = outcome.error.issues.map(({ path, code, message }) => ({
    in: where,
    location: `/${path.map(String).join('/')}`,
    code,
    detail: message,
  }));
  throw new CallRefused({ status: 400, kind: 'malformed', detail: `The ${where} is not as agreed.`, errors });
}

/** Express: nothing lives at this path. */
export function unknownPath(): never {
  throw new CallRefused({ status: 404, kind: 'not-found', detail: 'Nothing lives at this path.' });
}

/** Express: turns whatever was thrown into a problem. */
export function problemAnswers(log: Logger): ErrorRequestHandler {
  return (cause, req, res, next) => {
    if (res.headersSent) {
      next(cause);
      return;
    }
    const { status, kind, detail, errors } = refusalOf(cause);
    if (status === 500) log.error({ err: cause, path: req.path }, 'call failed');
    const problem: Problem = {
      type: `urn:uitstroomroutes:simulator:${kind}`,
      title: kind,
      status,
      detail,
      instance: req.path,
      ...(errors && { errors }),
    };
    res.status(status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

function refusalOf(cause: unknown): {
  status: number;
  kind: string;
  detail: string;
  errors?: Problem['errors'];
} {
  if (cause instanceof CallRefused)
    return { status: cause.status, kind: cause.kind, detail: cause.message, errors: cause.errors };
  // The body parser throws errors that carry the status they deserve.
  const status =
    cause instanceof Error && 'status' in cause && typeof cause.status === 'number' ? cause.status : 500;
  return status < 500
    ? { status, kind: 'malformed', detail: 'The body cannot be read as JSON.' }
    : { status: 500, kind: 'failed', detail: 'The simulator failed; see its log.' };
}
