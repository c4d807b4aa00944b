/** The API as a case manager's tool would call it. */
import type { z } from 'zod';
import type { RouteView, Timeline } from '../../contracts/views.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { SettingsError } from '../../platform/settings.ts';

export interface ApiClient {
  /** `isNew`: no earlier call under this key started the route. */
  start(body: unknown, idempotencyKey: string): Promise<{ routeId: string; isNew: boolean }>;
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    idempotencyKey: string,
  ): Promise<void>;
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

/** Whether asking again can help: nobody answered, or nobody could just now. */
export const mayPass = (error: unknown): boolean =>
  error instanceof ApiProblem
    ? error.status >= 500 || error.status === 429
    : !(error instanceof SettingsError);

/**
 * @param token - asked for before each call, since a demo can outlive one
 * @param language - of the sentences
 */
export function apiClient(
  baseUrl: string,
  token: () => Promise<string>,
  language: Language = 'nl',
): ApiClient {
  const call = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await fetch(`${baseUrl}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        'accept-language': language,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    const answer = (text ? JSON.parse(text) : undefined) as never;
    if (!response.ok) throw new ApiProblem(response.status, detailOf(answer));
    return { status: response.status, answer };
  };
  const bodyOf = async (path: string) => (await call('GET', path)).answer;
  return {
    async start(body, key) {
      const { status, answer } = await call('POST', '/routes', body, key);
      return { routeId: (answer as { routeId: string }).routeId, isNew: status === 201 };
    },
    async send(...sent) {
      await call(...sent);
    },
    route: (routeId) => bodyOf(`/routes/${routeId}`),
    timeline: (routeId) => bodyOf(`/routes/${routeId}/timeline`),
  };
}

/** What a problem says, with each fault of a body and where it is. */
function detailOf({
  detail,
  errors = [],
}: {
  detail: string;
  errors?: { location: string; detail: string }[];
}) {
  return [detail, ...errors.map((each) => `${each.location} ${each.detail}`)].join('; ');
}
