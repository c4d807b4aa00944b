/** A call that failed: what is thrown, and the problem document (RFC 9457) that becomes of it. */
import type { Problem } from '../contracts/problem.ts';
import { t, type Text } from '../contracts/text.ts';
import type { Language } from '../contracts/vocabulary.ts';
import type { RefusalKind } from '../domain/refusal.ts';
import { problems, type ProblemKind } from './problem-kinds.ts';
import { refusals } from './refusals.ts';

export { problems, type ProblemKind } from './problem-kinds.ts';

export const retryAfterSeconds = 5;

type InputError = NonNullable<Problem['errors']>[number];

/** One thing that is wrong with the input, in every language. */
export type InputFault = Omit<InputError, 'detail'> & { readonly detail: Text };

/** Thrown anywhere in the API; becomes the problem document of its kind. Its message, for the log, is in English. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly kind: ProblemKind;
  readonly detail: Text;
  readonly errors: readonly InputFault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: Text,
    more: { errors?: readonly InputFault[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail.en, { cause: more.cause });
    this.kind = kind;
    this.detail = detail;
    this.errors = more.errors;
    const { status } = problems[kind];
    const retry = status === 503 || status === 429;
    this.headers = { ...(retry && { 'Retry-After': String(retryAfterSeconds) }), ...more.headers };
  }
}

/** The problem of what a route refused. `kind` crossed the wire: one that is not known here is our own fault. */
export function problemOfRefusal(kind: unknown, why: { en: string; nl: unknown }): ApiProblem {
  const known = typeof kind === 'string' && Object.hasOwn(refusals, kind);
  if (!known)
    return new ApiProblem(
      'internal',
      t(
        'De route weigerde om een reden die hier niet bekend is.',
        'The route refused for a reason that is not known here.',
      ),
    );
  const { problem, nl } = refusals[kind as RefusalKind];
  return new ApiProblem(problem, t(typeof why.nl === 'string' ? why.nl : nl, why.en));
}

/** What the `type` of every problem begins with. */
export const problemTypes = 'https://uitstroomroutes.example/problems/';

/** The URI of a kind of problem, the same for every occurrence and in every language. */
export function typeOf(kind: ProblemKind): string {
  return `${problemTypes}${kind}`;
}

/** The document that a client gets, in its language. */
export function documentOf(problem: ApiProblem, instance: string, language: Language): Problem {
  const { kind, detail, errors } = problem;
  const { status, title } = problems[kind];
  return {
    type: typeOf(kind),
    title: title[language],
    status,
    detail: detail[language],
    instance,
    ...(errors && { errors: errors.map((each) => ({ ...each, detail: each.detail[language] })) }),
  };
}

/** No such route, or none that this caller may know of: the two look alike. */
export function unknownRoute(): ApiProblem {
  return new ApiProblem(
    'unknown-route',
    t('Er is geen route met dit id.', 'There is no route with this id.'),
  );
}

/** No such housing agreement, or none of a region that this caller works in. */
export function unknownAgreement(): ApiProblem {
  return new ApiProblem(
    'unknown-agreement',
    t(
      'Van deze regio en dit jaar is er geen prestatieafspraak.',
      'There is no housing agreement of this region and year.',
    ),
  );
}

/** 429: so many wait already that it is better to come back. Nothing was begun. */
export function tooManyAtOnce(): ApiProblem {
  return new ApiProblem(
    'too-many-in-flight',
    t(
      'Er wachten te veel verzoeken op deze prestatieafspraak. Er is niets gedaan: herhaal het verzoek, met dezelfde Idempotency-Key.',
      'Too many calls wait for this housing agreement. Nothing was done: repeat the call, with the same Idempotency-Key.',
    ),
  );
}

/** What the input lacks, in one problem with all its faults. */
export function invalidInput(errors: readonly InputFault[]): ApiProblem {
  const count = errors.length;
  const detail =
    count === 1
      ? t(
          'Er klopt één ding niet aan de invoer; zie errors.',
          'One thing is wrong with the input; see errors.',
        )
      : t(
          `Er kloppen ${count} dingen niet aan de invoer; zie errors.`,
          `${count} things are wrong with the input; see errors.`,
        );
  return new ApiProblem('invalid-input', detail, { errors });
}
