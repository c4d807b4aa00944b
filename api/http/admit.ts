/** Who calls, how often, and may they: the token, the limit of whoever it names, the role. */
import type { Request, RequestHandler } from 'express';
import { t } from '../../contracts/text.ts';
import { askForToken, notForRole, unauthorised, type Caller } from '../access.ts';
import type { OperationDeps } from '../deps.ts';
import { ApiProblem, problems } from '../problems.ts';

/** Callers of operations that are open to anyone. */
const anonymous: Caller = { subject: 'anyone', role: 'person', issuer: '' };

type Deps = Pick<OperationDeps, 'verifyToken' | 'limits'>;

/** Middleware that leaves the caller in `res.locals.caller`, or passes on an `ApiProblem`. */
export function admit(roles: readonly string[] | 'anyone', { verifyToken, limits }: Deps): RequestHandler {
  if (roles === 'anyone')
    return (_req, res, next) => {
      res.locals.caller = anonymous;
      next();
    };
  return async (req, res, next) => {
    try {
      res.locals.caller = await verifyToken(tokenOf(req));
    } catch (error) {
      const answer = (tooOften?: unknown) => next(tooOften ?? error);
      if (isStranger(error)) limits.ofAddress(req, res, answer);
      else answer();
      return;
    }
    const { role } = res.locals.caller as Caller;
    limits.ofClient(req, res, (tooOften?: unknown) =>
      next(tooOften ?? (roles.includes(role) ? undefined : notForRole(role))),
    );
  };
}

/** @throws ApiProblem malformed-request when it cannot be told which of two tokens is meant (RFC 6750, 3.1) */
function tokenOf(req: Request): string {
  const sent = req.headersDistinct.authorization ?? [];
  if (sent.length > 1)
    throw new ApiProblem(
      'malformed-request',
      t('Stuur één Authorization-header.', 'Send one Authorization header.'),
    );
  const [scheme, token, ...rest] = (sent[0] ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0)
    throw unauthorised('token-missing', askForToken);
  return token;
}

/** Whose token says who calls as what is counted as a client; everybody else by address. */
const isStranger = (error: unknown): boolean =>
  error instanceof ApiProblem && [401, 403].includes(problems[error.kind].status);
