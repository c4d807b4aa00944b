/** The OpenAPI 3.1 document, made of the operations and of the schemas that also validate. */
import { OpenApiGeneratorV31, OpenAPIRegistry, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { Problem } from '../contracts/problem.ts';
import { commonHeaderComponents, responseHeaders } from './openapi-headers.ts';
import { failuresOf, problemTable, registerProblems } from './openapi-problems.ts';
import type { Operation, ResponseDoc } from './operation.ts';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

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
  for (const [name, header] of commonHeaderComponents) registry.registerComponent('headers', name, header);
  registerProblems(registry);
  for (const operation of operations) registry.registerPath(pathOf(operation));
  return new OpenApiGeneratorV31([
    { type: 'schema', schema: Problem },
    ...registry.definitions,
  ]).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Uitstroomroutes',
      version,
      description:
        "Each person's route out of a shelter as one durable process: on whom it waits, since when, due when, " +
        'on which legal basis, and which lawful move is next.\n\n## Times\n\nFields with a moment are UTC and end in Z. ' +
        'Sentences are for people: moments in them are those of the clock in the Netherlands, without a zone.\n\n' +
        '## Problems\n\nErrors are problem documents ' +
        `(RFC 9457). ${problemTable()}`,
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
    responses: { ...successes(operation), ...failuresOf(operation) },
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
  const config = ({ description, schema, example, csv, events, headers }: ResponseDoc): ResponseConfig => ({
    description,
    headers: responseHeaders({ ...spoken, ...headers }),
    ...(schema && {
      content: {
        'application/json': { schema, ...(example !== undefined && { example }) },
        ...(csv && { 'text/csv': { schema: z.string(), example: csv.example } }),
      },
    }),
    ...(events && { content: { 'text/event-stream': { schema: z.string(), example: events } } }),
  });
  return Object.fromEntries(Object.entries(responses).map(([status, doc]) => [status, config(doc)]));
}
