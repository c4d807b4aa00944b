/** The API as a case manager's tool would call it. */
import type { z } from 'zod';
import type { RouteView, Timeline } from '../../contracts/views.ts';

export interface ApiClient {
  /** `isNew`: no earlier call under this key started the route. */
  start(body: unknown, idempotencyKey: string): Promise<{ routeId: string; isNew: boolean }>;
  post(path: string, body: unknown, idempotencyKey: string): Promise<z.infer<typeof RouteView>>;
  put(path: string, body: unknown, idempotencyKey: string): Promise<z.infer<typeof RouteView>>;
  route(routeId: string): Promise<z.infer<typeof RouteView>>;
  timeline(routeId: string): Promise<z.infer<typeof Timeline>>;
}

/** An answer that was no success; `status` decides whether trying again can help. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @param token - asked for before each call, since a demo can outlive one */
export function apiClient(baseUrl: string, token: () => Promise<string>): ApiClient {
  const call = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await fetch(`${baseUrl}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        'accept-language': 'nl',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = (await response.json()) as never;
    if (!response.ok) throw new ApiProblem(response.status, (answer as { detail: string }).detail);
    return { status: response.status, answer };
  };
  const bodyOf = async (...sent: Parameters<typeof call>) => (await call(...sent)).answer;
  return {
    async start(body, key) {
      const { status, answer } = await call('POST', '/routes', body, key);
      return { routeId: (answer as { routeId: string }).routeId, isNew: status === 201 };
    },
    post: (path, body, key) => bodyOf('POST', path, body, key),
    put: (path, body, key) => bodyOf('PUT', path, body, key),
    route: (routeId) => bodyOf('GET', `/routes/${routeId}`),
    timeline: (routeId) => bodyOf('GET', `/routes/${routeId}/timeline`),
  };
}
