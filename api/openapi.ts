/** The OpenAPI 3.1 document, made of the operations and of the schemas that also validate. */
import { OpenApiGeneratorV31, OpenAPIRegistry, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { Problem } from '../contracts/problem.ts';
import { problemsOf, type Operation, type ResponseDoc } from './operation.ts';
import { problems, typeOf, type ProblemKind } from './problems.ts';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

type HeadersObject = Exclude<NonNullable<ResponseConfig['headers']>, z.ZodType>;
type HeaderObject = { description: string; schema: { type: 'string' } };

const commonHeaders = {
  'API-Version': 'Full version of the API',
  'X-Request-Id': 'Id of this call in the log',
};

const tags = [
  { name: 'routes', description: 'Routes, why they stand still, and what happened' },
  { name: 'commands', description: 'What people tell a route to do' },
  { name: 'partners', description: 'What partners tell' },
  { name: 'agreements', description: 'Housing agreements: places, reservations and the queue' },
  { name: 'reports', description: 'Figures over all routes, without anything about anybody' },
  { name: 'rules', description: 'Terms and their basis' },
  { name: 'service', description: 'The service itself' },
];

/** Makes the document of these operations. */
export function documentFor(operations: readonly Operation[], version: string): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'OIDC token with the claims role, and municipality or party where the role is bound to one',
  });
  for (const [name, description] of Object.entries(commonHeaders))
    registry.registerComponent('headers', name, headerOf(description));
  for (const operation of operations) registry.registerPath(pathOf(operation));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Uitstroomroutes',
      version,
      description:
        "Each person's route out of a shelter as one durable process: on whom it waits, since when, due when, " +
        'on which legal basis, and which lawful move is next. Errors are problem documents (RFC 9457).',
      contact: {
        name: 'Team Uitstroomroutes',
        email: 'team@uitstroomroutes.example',
        url: 'https://uitstroomroutes.example',
      },
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: 'https://api.uitstroomroutes.example/v1', description: 'Production' }],
    tags,
  });
}

function pathOf(operation: Operation): Parameters<OpenAPIRegistry['registerPath']>[0] {
  const { method, path, operationId, summary, tag, roles, params, query, body } = operation;
  const headers = headersOf(operation);
  const mediaTypes = body?.mediaTypes ?? ['application/json'];
  return {
    method,
    path,
    operationId,
    summary,
    tags: [tag],
    ...(roles === 'anyone' ? { security: [] } : { security: [{ token: [] }] }),
    ...describing(operation),
    request: {
      ...(params && { params }),
      ...(query && { query }),
      headers,
      ...(body && {
        body: {
          required: true,
          content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: body.schema }])),
        },
      }),
    },
    responses: { ...successes(operation), ...failures(operation) },
  };
}

function describing({ roles, ownKey }: Operation): { description?: string } {
  if (roles === 'anyone') return {};
  const known = ownKey ? ` A call that is repeated is the same call by ${ownKey}.` : '';
  return { description: `For the roles: ${roles.join(', ')}.${known}` };
}

function headersOf({ headers }: Operation): z.ZodObject {
  const language = z
    .string()
    .optional()
    .describe('nl (default) or en: the language of sentences and problems');
  return (headers ?? z.object({})).extend({ 'Accept-Language': language });
}

function successes({ responses, speaks }: Operation): Record<string, ResponseConfig> {
  const spoken = speaks ? { 'Content-Language': 'Language of the sentences: nl or en' } : {};
  const config = ({ description, schema, csv, headers }: ResponseDoc): ResponseConfig => ({
    description,
    headers: responseHeaders({ ...spoken, ...headers }),
    ...(schema && {
      content: {
        'application/json': { schema },
        ...(csv && { 'text/csv': { schema: z.string() } }),
      },
    }),
  });
  return Object.fromEntries(Object.entries(responses).map(([status, doc]) => [status, config(doc)]));
}

function failures(operation: Operation): Record<string, ResponseConfig> {
  const kinds = [...new Set(problemsOf(operation))];
  const statuses = [...new Set(kinds.map((kind) => problems[kind].status))].sort();
  const config = (status: number): ResponseConfig => {
    const here = kinds.filter((kind) => problems[kind].status === status);
    return {
      description: here.map((kind) => `${problems[kind].title.en}: \`${typeOf(kind)}\``).join('; '),
      headers: responseHeaders(headersFor(here)),
      content: { 'application/problem+json': { schema: Problem } },
    };
  };
  return Object.fromEntries(statuses.map((status) => [String(status), config(status)]));
}

function headersFor(kinds: readonly ProblemKind[]): Record<string, string> {
  const { status } = problems[kinds[0]!];
  return {
    'Content-Language': 'Language of the problem: nl or en',
    ...(status === 401 && { 'WWW-Authenticate': 'What the token lacks (RFC 6750)' }),
    ...(kinds.includes('rate-limited') && {
      RateLimit: 'What is left of the limit of this client, and when it is whole again',
      'RateLimit-Policy': 'The limit: calls (q) in a window of seconds (w)',
    }),
    ...((status === 429 || status === 503) && { 'Retry-After': 'Seconds to wait before trying again' }),
  };
}

/** Every response has the common ones, which are described once. */
function responseHeaders(more: Record<string, string>): HeadersObject {
  const own = Object.entries(more).map(([name, description]) => [name, headerOf(description)]);
  return { ...refs, ...Object.fromEntries(own) };
}

const headerOf = (description: string): HeaderObject => ({ description, schema: { type: 'string' } });

const refs = Object.fromEntries(
  Object.keys(commonHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);
