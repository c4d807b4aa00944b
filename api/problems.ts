/**
 * Every way in which a call can fail: one closed list, used in the throw, in the OpenAPI document and in the map
 * from what a route refuses to HTTP. RFC 9457.
 */
import type { Problem } from '../contracts/problem.ts';
import type { RefusalKind } from '../domain/refusal.ts';

export const problems = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'invalid-input': { status: 400, title: 'The input is not valid' },
  'token-missing': { status: 401, title: 'A token is needed' },
  'token-invalid': { status: 401, title: 'The token is not valid' },
  'token-expired': { status: 401, title: 'The token has expired' },
  forbidden: { status: 403, title: 'This is not for your role' },
  'not-your-source': { status: 403, title: 'The event comes from another system than the token' },
  'not-your-step': { status: 403, title: 'The step is of another party' },
  'unknown-path': { status: 404, title: 'There is nothing at this path' },
  'unknown-route': { status: 404, title: 'There is no such route' },
  'unknown-event': { status: 404, title: 'There is no such event' },
  'unknown-rule-set': { status: 404, title: 'There is no such rule set' },
  'offer-unknown': { status: 404, title: 'There is no such offer' },
  'method-not-allowed': { status: 405, title: 'The path does not know this method' },
  'idempotency-key-reused': { status: 409, title: 'The idempotency key was used for something else' },
  'route-closed': { status: 409, title: 'The route has ended' },
  'step-not-open': { status: 409, title: 'The step is not open' },
  'step-not-redoable': { status: 409, title: 'The step cannot be asked again now' },
  'step-not-skippable': { status: 409, title: 'The step cannot be skipped' },
  'step-not-completable': { status: 409, title: 'The step cannot be completed by hand' },
  'four-eyes': { status: 409, title: 'Somebody else has to confirm' },
  'track-not-reopenable': { status: 409, title: 'The track cannot be opened again' },
  'already-on-hold': { status: 409, title: 'The route is on hold already' },
  'not-on-hold': { status: 409, title: 'The route is not on hold' },
  'hold-in-the-past': { status: 409, title: 'A hold ends in the future' },
  'same-case-manager': { status: 409, title: 'This case manager owns the route already' },
  'same-rules': { status: 409, title: 'The route is under this rule set already' },
  'already-identified': { status: 409, title: 'The person has been identified already' },
  'decision-not-open': { status: 409, title: 'The decision cannot be taken now' },
  'offer-already-answered': { status: 409, title: 'The offer cannot be answered any more' },
  'person-erased': { status: 410, title: 'The personal data has been erased' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of a type that is not read here' },
  'too-many-in-flight': { status: 429, title: 'Too much is asked at once' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'temporal-away': { status: 503, title: 'The process engine does not answer' },
  'worker-away': { status: 503, title: 'Nobody can carry this out at the moment' },
  'identity-provider-away': { status: 503, title: 'The token cannot be checked at the moment' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemKind = keyof typeof problems;

/** What each refusal of a route is to a client. Somebody else's route is no route at all. */
const refusals: Record<RefusalKind, ProblemKind> = {
  'route-closed': 'route-closed',
  'not-your-route': 'unknown-route',
  'step-not-open': 'step-not-open',
  'step-not-redoable': 'step-not-redoable',
  'step-not-skippable': 'step-not-skippable',
  'step-not-completable': 'step-not-completable',
  'four-eyes': 'four-eyes',
  'track-not-reopenable': 'track-not-reopenable',
  'already-on-hold': 'already-on-hold',
  'not-on-hold': 'not-on-hold',
  'hold-in-the-past': 'hold-in-the-past',
  'same-case-manager': 'same-case-manager',
  'same-rules': 'same-rules',
  'already-identified': 'already-identified',
  'decision-not-open': 'decision-not-open',
  'offer-unknown': 'offer-unknown',
  'offer-already-answered': 'offer-already-answered',
};

export const retryAfterSeconds = 5;

/** Thrown anywhere in the API; becomes the problem document of its kind. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly kind: ProblemKind;
  readonly errors: Problem['errors'];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    more: { errors?: Problem['errors']; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.kind = kind;
    this.errors = more.errors;
    const { status } = problems[kind];
    const retry = status === 503 || status === 429;
    this.headers = { ...(retry && { 'Retry-After': String(retryAfterSeconds) }), ...more.headers };
  }
}

/** The problem of what a route refused. `kind` crossed the wire: one that is not known here is our own fault. */
export function problemOfRefusal(kind: unknown, detail: string): ApiProblem {
  const known = typeof kind === 'string' && Object.hasOwn(refusals, kind);
  if (!known) return new ApiProblem('internal', 'The route refused for a reason that is not known here.');
  return new ApiProblem(refusals[kind as RefusalKind], detail);
}

/** The URI of a kind of problem, the same for every occurrence. */
export function typeOf(kind: ProblemKind): string {
  return `https://uitstroomroutes.example/problems/${kind}`;
}

/** The document that a client gets. */
export function documentOf(problem: ApiProblem, instance: string): Problem {
  const { status, title } = problems[problem.kind];
  const { message: detail, errors } = problem;
  return { type: typeOf(problem.kind), title, status, detail, instance, ...(errors && { errors }) };
}

/** No such route, or none that this caller may know of: the two look alike. */
export function unknownRoute(): ApiProblem {
  return new ApiProblem('unknown-route', 'There is no route with this id.');
}
