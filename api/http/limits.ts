/**
 * How often somebody may call. Counted in this process alone, by the minute: who has several processes of the API divides
 * the numbers. What is measured is a client and never an address once a token says who calls, since a whole town hall may
 * sit behind one address.
 */
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { t } from '../../contracts/text.ts';
import type { Caller } from '../access.ts';
import { ApiProblem } from '../problems.ts';

export interface RateLimits {
  /** Calls a minute of one client: the subject of a token, or the party of a partner's. */
  readonly perClient: number;
  /** Calls a minute of one address without a valid token. */
  readonly perAddress: number;
}

export interface Limits {
  /** Counts a call of `res.locals.caller`, and passes on `ApiProblem` rate-limited when it is one too many. */
  readonly ofClient: RequestHandler;
  /** The same for a call whose token was refused. A good token is let in from the same address all the same. */
  readonly ofAddress: RequestHandler;
}

const free: RequestHandler = (_req, _res, next) => next();

/** @param limits - left out: nobody is counted */
export function createLimits(limits: RateLimits | undefined): Limits {
  if (!limits) return { ofClient: free, ofAddress: free };
  const { perClient, perAddress } = limits;
  return {
    ofClient: limit('client', perClient, (_req, res) => clientOf(res.locals.caller as Caller)),
    ofAddress: limit('address', perAddress, ({ ip }) => ipKeyGenerator(ip ?? '')),
  };
}

function limit(name: string, perMinute: number, keyGenerator: (req: Request, res: Response) => string) {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    identifier: name,
    standardHeaders: 'draft-8', // RateLimit and RateLimit-Policy
    legacyHeaders: false,
    keyGenerator,
    handler: (_req, res, next) => next(tooOften(String(res.getHeader('Retry-After')))),
    validate: false, // it writes to the console what it thinks of headers that anybody may send
  });
}

const clientOf = ({ issuer, subject, party }: Caller): string =>
  party === undefined ? `${issuer} ${subject}` : `${issuer} ${party}:${subject}`;

function tooOften(seconds: string): ApiProblem {
  return new ApiProblem(
    'rate-limited',
    t(
      `Er is te vaak gevraagd. Er is niets gedaan: kom over ${seconds} seconden terug.`,
      `This was asked too often. Nothing was done: come back in ${seconds} seconds.`,
    ),
    { headers: { 'Retry-After': seconds } },
  );
}
