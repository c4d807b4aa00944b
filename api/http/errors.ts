/** The end of every call that failed: a problem document, and a line in the log where it was our fault. */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { t, type Text } from '../../contracts/text.ts';
import { KeyStoreAway } from '../../platform/key-store.ts';
import { ProcessingLogAway } from '../../platform/processing-log.ts';
import { ApiProblem, documentOf, problems } from '../problems.ts';
import { refusedEvent } from '../refused-event.ts';
import { languageOf, speak } from './language.ts';

/** Answers with the problem of an error. Nothing of an unexpected error leaves the process but its request id. */
export const answerProblem: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (req.destroyed && !req.complete) return; // the client went away: there is nobody to tell
  const problem = problemOf(error);
  const { status } = problems[problem.kind];
  res.locals.problem = problem.kind;
  // Of our own faults the whole error; of others' just what it was. Neither holds a body.
  if (problem.kind === 'internal') req.log.error({ err: error }, 'unexpected error');
  else if (status >= 500)
    req.log.warn({ problem: problem.kind, cause: causeOf(problem.cause) }, problem.message);
  const refused = refusedEvent(req, res, problem);
  if (refused) req.log.warn(refused, "a partner's event was refused");
  if (res.headersSent) {
    next(error);
    return;
  }
  const language = languageOf(req);
  speak(res, language);
  res
    .status(status)
    .set(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(documentOf(isRead(req) ? asRead(problem) : problem, instanceOf(req), language)));
};

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** What may have been carried out, and under which key to repeat it, is of no use to who only looked. */
const ofReads = {
  'worker-away': t(
    'Geen worker antwoordde op tijd: vraag het zo opnieuw.',
    'No worker answered in time: ask again.',
  ),
  'temporal-away': t(
    'De procesmotor antwoordt niet: vraag het zo opnieuw.',
    'The process engine does not answer: ask again.',
  ),
  'key-store-away': t(
    'De sleutels van personen of het logboek van verwerkingen zijn even niet te bereiken: vraag het zo opnieuw.',
    'The keys of persons or the log of data processing cannot be reached for now: ask again.',
  ),
} as const;

function asRead(problem: ApiProblem): ApiProblem {
  const detail = ofReads[problem.kind as keyof typeof ofReads] as Text | undefined;
  if (!detail) return problem;
  return new ApiProblem(problem.kind, detail, { cause: problem.cause, headers: problem.headers });
}

/** No operation has this path. */
export const unknownPath: RequestHandler = (_req, _res, next) => {
  next(
    new ApiProblem(
      'unknown-path',
      t('Op dit pad is niets; zie /v1/openapi.json.', 'There is nothing at this path; see /v1/openapi.json.'),
    ),
  );
};

/** The path is known, the method is not. */
export function methodNotAllowed(methods: readonly string[]): RequestHandler {
  const allow = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  return (_req, _res, next) => {
    const headers = { Allow: allow.join(', ') };
    next(
      new ApiProblem(
        'method-not-allowed',
        t(`Gebruik ${allow.join(' of ')}.`, `Use ${allow.join(' or ')}.`),
        { headers },
      ),
    );
  };
}

function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof URIError || (error as { status?: number } | undefined)?.status === 400)
    return new ApiProblem(
      'malformed-request',
      t('Het verzoek is niet goed gevormd.', 'The request is not well-formed.'),
    );
  if (error instanceof ProcessingLogAway)
    return new ApiProblem(
      'key-store-away',
      t(
        'Het logboek van verwerkingen is even niet te bereiken, en zonder gaat er niets van een persoon uit. Herhaal het verzoek met dezelfde Idempotency-Key.',
        'The log of data processing cannot be reached for now, and without it nothing of a person leaves. Repeat the call with the same Idempotency-Key.',
      ),
      { cause: error },
    );
  if (error instanceof KeyStoreAway)
    return new ApiProblem(
      'key-store-away',
      t(
        'De sleutels van personen zijn even niet te bereiken. Herhaal het verzoek met dezelfde Idempotency-Key.',
        'The keys of persons cannot be reached for now. Repeat the call with the same Idempotency-Key.',
      ),
      { cause: error },
    );
  const detail = t(
    'De fout is gelogd onder het id in instance.',
    'The error has been logged under the id in instance.',
  );
  return new ApiProblem('internal', detail, { cause: error });
}

function instanceOf(req: Request): string {
  return `${req.originalUrl.split('?')[0]}#${req.id as string}`;
}

/** The name alone, for a message may quote what was sent; of the key store what it says, which never does. */
function causeOf(cause: unknown): string | undefined {
  if (cause instanceof KeyStoreAway || cause instanceof ProcessingLogAway) return cause.message;
  return cause instanceof Error ? cause.name : undefined;
}
