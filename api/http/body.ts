/** Reads the body of a request: of the right type, not too large, and well-formed. */
import type { IncomingMessage } from 'node:http';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { t } from '../../contracts/text.ts';
import type { BodyDoc } from '../operation.ts';
import { ApiProblem, invalidInput } from '../problems.ts';

const usualLimitBytes = 256 * 1024;

/** Bodies as they came, for as long as their request is being handled. */
const bodies = new WeakMap<IncomingMessage, Uint8Array>();

/** The bytes that a body was parsed from. */
export const bytesOf = (req: IncomingMessage): Uint8Array => bodies.get(req) ?? new Uint8Array();

/** Middleware that leaves the parsed JSON in `req.body`, or passes on an `ApiProblem`. */
export function readBody({
  mediaTypes = ['application/json'],
  limitBytes,
  refuse,
}: BodyDoc<z.ZodType>): RequestHandler {
  const limit = limitBytes ?? usualLimitBytes;
  const keep = (req: IncomingMessage, _: unknown, bytes: Buffer) => void bodies.set(req, bytes);
  const parse = express.json({ type: () => true, limit, verify: keep });
  return (req: Request, res: Response, next: NextFunction) => {
    const refused = refuse?.(req);
    if (refused) {
      next(refused);
      return;
    }
    const type = req.is([...mediaTypes]);
    // Clients say Content-Length: 0 when they send none.
    if (type === null || req.get('content-length') === '0') {
      next(invalidInput([noBody]));
      return;
    }
    if (type === false) {
      next(
        new ApiProblem(
          'unsupported-media-type',
          t(
            `Stuur de inhoud als ${mediaTypes.join(' of ')}.`,
            `Send the body as ${mediaTypes.join(' or ')}.`,
          ),
        ),
      );
      return;
    }
    parse(req, res, (error?: unknown) => next(error ? bodyProblem(error, limit) : undefined));
  };
}

const noBody = {
  in: 'body',
  location: '',
  code: 'missing',
  detail: t('Inhoud is nodig', 'A body is needed'),
} as const;

/** What body-parser throws, by its `type`. Its messages quote the body, so they go no further. */
function bodyProblem(error: unknown, limit: number): unknown {
  const type = String((error as { type?: string }).type);
  switch (type) {
    case 'entity.too.large':
      return new ApiProblem(
        'body-too-large',
        t(`De inhoud is groter dan ${limit / 1024} KB.`, `The body is larger than ${limit / 1024} KB.`),
      );
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new ApiProblem(
        'unsupported-media-type',
        t(
          'Stuur de inhoud als UTF-8, in een gangbare content-encoding.',
          'Send the body as UTF-8 in a usual content encoding.',
        ),
      );
    case 'entity.parse.failed':
      return new ApiProblem(
        'malformed-request',
        t('De inhoud is geen geldige JSON.', 'The body is not well-formed JSON.'),
      );
    case 'request.size.invalid':
      return new ApiProblem(
        'malformed-request',
        t(
          'De inhoud is niet zo lang als Content-Length zegt.',
          'The body is not as long as its Content-Length says.',
        ),
      );
    default:
      return error;
  }
}
