/** What the OpenAPI document says of problems: one response for each status, and which kinds an operation answers with. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { faults } from '../contracts/faults.ts';
import type { Problem } from '../contracts/problem.ts';
import { responseHeaders } from './openapi-headers.ts';
import { problemsOf, type Operation } from './operation.ts';
import { meanings } from './problem-meanings.ts';
import {
  ApiProblem,
  documentOf,
  invalidInput,
  problems,
  problemTypes,
  unknownRoute,
  type ProblemKind,
} from './problems.ts';

/** Refers to a response of the document, with a description of its own (OpenAPI 3.1 lets it go over the other). */
type Reference = { $ref: string; description: string };

/** Every kind, in the order of their statuses. */
export const problemKinds = (Object.keys(problems) as ProblemKind[]).sort(
  (a, b) => problems[a].status - problems[b].status,
);

const statusOf = (kind: ProblemKind): number => problems[kind].status;
const statuses = [...new Set(problemKinds.map(statusOf))];
const nameOf = (status: number): string => `Problem${status}`;
const codes = (kinds: readonly ProblemKind[]): string => kinds.map((kind) => `\`${kind}\``).join(', ');

/** Puts a response for each status into the document, which refer to the schema `Problem`. */
export function registerProblems(registry: OpenAPIRegistry): void {
  const schema = { $ref: '#/components/schemas/Problem' };
  for (const status of statuses) {
    const kinds = problemKinds.filter((kind) => statusOf(kind) === status);
    registry.registerComponent('responses', nameOf(status), {
      description: codes(kinds),
      headers: responseHeaders(headersFor(status), status === 429 ? ofLimits : {}),
      content: { 'application/problem+json': { schema, example: exampleOf(status) } },
    });
  }
}

/** What an operation may answer with besides success: by status, and for each the kinds. */
export function failuresOf(operation: Operation): Record<string, Reference> {
  const kinds = new Set(problemsOf(operation));
  const failures = statuses.flatMap((status) => {
    const here = problemKinds.filter((kind) => kinds.has(kind) && statusOf(kind) === status);
    if (here.length === 0) return [];
    return [
      [status, { $ref: `#/components/responses/${nameOf(status)}`, description: codes(here) }] as const,
    ];
  });
  return Object.fromEntries(failures);
}

/** All kinds with their meaning, as a table in Markdown. */
export function problemTable(): string {
  const rows = problemKinds.map((kind) => `| \`${kind}\` | ${statusOf(kind)} | ${meanings[kind].en} |`);
  return [
    `The \`type\` of a problem is \`${problemTypes}{kind}\`:`,
    '',
    '| kind | status | meaning |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Of `rate-limited` alone. */
const ofLimits = {
  RateLimit: 'What is left of the limit of this client, and when it is whole again',
  'RateLimit-Policy': 'The limit: calls (q) in a window of seconds (w)',
};

function headersFor(status: number): Record<string, string> {
  return {
    'Content-Language': 'Language of the problem: nl or en',
    ...(status === 401 && { 'WWW-Authenticate': 'What the token lacks (RFC 6750)' }),
    ...(status === 405 && { Allow: 'The methods that the path knows' }),
    ...((status === 429 || status === 503) && { 'Retry-After': 'Seconds to wait before trying again' }),
  };
}

/** A problem as a client gets it: in Dutch, of a call as the log has it. */
function exampleOf(status: number): Problem {
  const call = '/v1/routes/4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22#0b9f2c62-6b1e-4c0f-9f0e-2f6f5c1d7a10';
  const [kind] = problemKinds.filter((each) => statusOf(each) === status) as [ProblemKind];
  return documentOf(usual[status] ?? new ApiProblem(kind, meanings[kind]), call, 'nl');
}

/** Where the first kind of a status is not the one that is met most. */
const usual: Readonly<Record<number, ApiProblem>> = {
  400: invalidInput([
    { in: 'body', location: '/municipality', code: 'wrong-format', detail: faults.municipality },
  ]),
  404: unknownRoute(),
};
