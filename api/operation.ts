/** One operation of the API: its path, its schemas and its handler in one object. Routes and OpenAPI come of it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import type { z } from 'zod';
import type { DataKind } from '../contracts/processing.ts';
import type { Language, Role } from '../contracts/vocabulary.ts';
import type { Caller } from './access.ts';
import type { OperationDeps } from './deps.ts';
import type { EventStream } from './http/event-stream.ts';
import type { Reading } from './http/reading.ts';
import type { ApiProblem, ProblemKind } from './problems.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Tag = 'routes' | 'commands' | 'partners' | 'agreements' | 'reports' | 'rules' | 'service';

/** A message before anything was made of it. */
export interface Sent {
  readonly headers: IncomingHttpHeaders;
  /** The body byte for byte, out of its content encoding; empty where there is none. */
  readonly bytes: Uint8Array;
}

/** What a handler gets: everything checked and typed. */
export interface Call<P, Q, H, B> {
  readonly caller: Caller;
  readonly params: P;
  readonly query: Q;
  readonly headers: H;
  readonly body: B;
  /** What came, as it came: for who checks a signature over it. */
  readonly sent: Sent;
  readonly language: Language;
  readonly deps: OperationDeps;
}

export interface Reply {
  readonly status: number;
  /** Whose data it was about, where no parameter of the path says so. */
  readonly routeId?: string;
  /** What of a person it showed or took in, where that differs from call to call. */
  readonly data?: readonly DataKind[];
  /** It took in words of somebody. */
  readonly hasWords?: boolean;
  readonly body?: unknown;
  /** The same as a table, for who asks for `text/csv`. */
  readonly csv?: string;
  /** Server-sent events in place of a body: whoever tells them gets the stream. */
  readonly events?: (stream: EventStream) => void;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ResponseDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Left out: that of the schema. A test asks for one of every body. */
  readonly example?: unknown;
  /** There is a `text/csv` of it as well, by `Accept`. */
  readonly csv?: { readonly example: string };
  /** It is a stream of server-sent events, in place of `schema`: what one looks like. */
  readonly events?: string;
  /** Header to description, besides those that every response has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BodyDoc<B extends z.ZodType> {
  readonly schema: B;
  /** Left out: `application/json`. */
  readonly mediaTypes?: readonly string[];
  /** Left out: 256 KB. */
  readonly limitBytes?: number;
  /** Makes the value that is checked of the request, where it is more than its parsed body. */
  readonly read?: (req: Request) => Reading;
  /** Why a body is not even read. */
  readonly refuse?: (req: Request) => ApiProblem | undefined;
}

export interface OperationDefinition<
  P extends z.ZodType,
  Q extends z.ZodType,
  H extends z.ZodType,
  B extends z.ZodType,
> {
  readonly method: Method;
  /** Below `/v1`, as OpenAPI writes it: `/routes/{routeId}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tag: Tag;
  readonly roles: readonly Role[] | 'anyone';
  /** What of a person it shows or takes in, for the log of data processing; left out: the course of the route. */
  readonly data?: readonly DataKind[];
  /** Of a POST without `Idempotency-Key`: what makes a repeated call the same call. */
  readonly ownKey?: string;
  readonly params?: P;
  /** Left out: the call knows no query, and refuses one. */
  readonly query?: Q;
  /** Request headers, under their usual names. */
  readonly headers?: H;
  readonly body?: BodyDoc<B>;
  /** Whether sentences in the answer follow `Accept-Language`. */
  readonly speaks?: boolean;
  readonly responses: Readonly<Record<number, ResponseDoc>>;
  /** Besides those that follow from roles, parameters and body: see `problemsOf`. */
  readonly problems: readonly ProblemKind[];
  // A method, so that operations of different inputs fit in one list.
  handle(call: Call<z.output<P>, z.output<Q>, z.output<H>, z.output<B>>): Promise<Reply> | Reply;
}

/** An operation in the list of all of them, where the types of its inputs no longer matter. */
export type Operation = OperationDefinition<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType>;

/** Writes down one operation; the compiler infers what its handler gets. */
export function operation<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  H extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
>(definition: OperationDefinition<P, Q, H, B>): Operation {
  return definition;
}

/** What any call to Temporal may meet. */
export const viaServer = ['temporal-away', 'too-many-in-flight'] as const satisfies ProblemKind[];

/** What a call that reads a route may meet. */
export const readsRoute = [
  ...viaServer,
  'unknown-route',
  'worker-away',
  'key-store-away',
] as const satisfies ProblemKind[];

/** What a command may meet, besides what the route itself refuses. */
export const commandsRoute = [
  ...readsRoute,
  'route-closed',
  'route-ending',
  'route-changed',
  'idempotency-key-reused',
] as const satisfies ProblemKind[];

/** Every kind of problem an operation may answer with. */
export function problemsOf({ roles, body, problems }: Operation): ProblemKind[] {
  return [
    'invalid-input',
    'malformed-request',
    ...(body ? (['body-too-large', 'unsupported-media-type'] as const) : []),
    ...(roles === 'anyone'
      ? []
      : ([
          'token-missing',
          'token-invalid',
          'token-expired',
          'forbidden',
          'rate-limited',
          'identity-provider-away',
        ] as const)),
    ...problems,
    'request-too-slow',
    'headers-too-large',
    'internal',
  ];
}
