/** The service itself: is it well, and what can it do. Open to anyone. */
import { z } from 'zod';
import { operation } from '../operation.ts';

const HealthView = z
  .object({
    status: z.enum(['ok', 'degraded']),
    temporal: z.enum(['up', 'away']),
    worker: z
      .enum(['polling', 'away'])
      .describe(
        'polling: a worker was heard in the last four seconds. While there is no route at all nobody can be asked: ' +
          'then one that was killed shows after seventy seconds',
      ),
  })
  .meta({ id: 'HealthView', example: { status: 'ok', temporal: 'up', worker: 'polling' } });

export const getHealth = operation({
  method: 'get',
  path: '/health',
  operationId: 'getHealth',
  summary: 'Says whether the API, Temporal and a worker are there; always 200 while the API lives',
  tag: 'service',
  roles: 'anyone',
  responses: { 200: { description: 'How it is', schema: HealthView } },
  problems: [],
  handle: async ({ deps }) => ({ status: 200, body: await deps.gateway.health() }),
});

export const getOpenApi = operation({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenApi',
  summary: 'This document (OpenAPI 3.1)',
  tag: 'service',
  roles: 'anyone',
  responses: {
    200: {
      description: 'The OpenAPI document',
      schema: z.looseObject({ openapi: z.string() }).meta({
        id: 'OpenApiDocument',
        example: { openapi: '3.1.0', info: { title: 'Uitstroomroutes', version: '0.1.0' }, paths: {} },
      }),
      headers: { 'Access-Control-Allow-Origin': 'Any origin may read it' },
    },
  },
  problems: [],
  handle: ({ deps }) => ({
    status: 200,
    body: deps.openApi,
    headers: { 'Cross-Origin-Resource-Policy': 'cross-origin' },
  }),
});
