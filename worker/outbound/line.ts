/** HTTP as the worker speaks it to outside systems: bounded in time and size, and never to where a redirect points. */
import { Agent, request, type Dispatcher } from 'undici';
import { PartnerFailed } from '../../activities/ports.ts';
import type { ClientTls } from '../../platform/destination-files.ts';
import { beginCall } from './call-span.ts';
import { ownTraces, type Tracing } from './trace-context.ts';

export interface Call {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What it is about, for its trace. */
  readonly about?: string;
}

export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** The whole body. @throws PartnerFailed when it is too long, or does not come to its end in time */
  readonly text: () => Promise<string>;
  /** For an answer whose status says enough. */
  readonly leave: () => void;
}

/** What an answer may cost. */
export interface Limits {
  /** From the first byte sent to the last one read. */
  readonly withinMs: number;
  /** Of the body, counted as it comes, whatever its Content-Length says. Headers have Node's limit, 16 KB. */
  readonly bytes: number;
}
export const usualLimits: Limits = { withinMs: 10_000, bytes: 1_000_000 };

export interface LineOptions {
  /** For messages. */
  readonly who: string;
  /** Nobody else is called. */
  readonly origin: string;
  readonly tls?: ClientTls | undefined;
  readonly limits?: Limits | undefined;
  readonly tracing?: Tracing | undefined;
}

export type Line = (call: Call, signal: AbortSignal) => Promise<Answer>;

/** A line to one outside system. */
export function lineTo({
  who,
  origin,
  tls = {},
  limits = usualLimits,
  tracing = ownTraces,
}: LineOptions): Line {
  const { withinMs, bytes } = limits;
  const dispatcher = new Agent({
    connect: { ...tls, timeout: withinMs },
    headersTimeout: withinMs,
    bodyTimeout: withinMs,
    maxResponseSize: bytes,
  });
  return async ({ url, method, headers, body, about }, signal) => {
    if (!URL.canParse(url) || new URL(url).origin !== origin)
      throw new PartnerFailed('PartnerRejected', `${who} is called at ${origin} and nowhere else`);
    const span = beginCall(who, method, about);
    const context = span.traceparent ? { traceparent: span.traceparent } : tracing(about);
    const response = await request(url, {
      dispatcher,
      method,
      headers: { ...usualHeaders, ...headers, ...context },
      ...(body !== undefined && { body }),
      signal,
    }).catch((cause: unknown) => {
      const error = silent(who, cause);
      span.failed(error);
      throw error;
    });
    span.answered(response.statusCode);
    return answerOf(who, response, signal);
  };
}

/** Nothing compressed: what is small on the way could be large here. */
const usualHeaders = {
  accept: 'application/json, */*;q=0.5',
  'accept-encoding': 'identity',
  'user-agent': 'outflow-routes',
};

function answerOf(
  who: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  signal: AbortSignal,
): Answer {
  return {
    status: statusCode,
    header: (name) => [headers[name] ?? []].flat()[0],
    text: () =>
      body.text().catch((cause: unknown) => {
        if (codeOf(cause) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
          throw new PartnerFailed('PartnerRejected', `${who} answered with more than is read`, {
            isUnreadable: true,
          });
        throw unreadable(who, cause);
      }),
    // A short rest is read, so that the connection can be used again; nobody waits for that.
    leave: () => void body.dump({ limit: 16_384, signal }).catch(() => undefined),
  };
}

/** Whoever is behind it may be on its way up. */
export const unreadable = (who: string, cause?: unknown): PartnerFailed =>
  new PartnerFailed('PartnerUnreachable', `${who} gave no answer that can be read`, {
    cause: bare(cause),
    isUnreadable: true,
  });

/** By these alerts (RFC 8446, 6.2) a server says that our certificate is not good enough for it. */
const refusesCertificate =
  /_ALERT_(BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/;

function silent(who: string, cause: unknown): PartnerFailed {
  return refusesCertificate.test(codeOf(cause))
    ? new PartnerFailed('PartnerDeniedAccess', `${who} does not take our certificate`, { cause: bare(cause) })
    : new PartnerFailed('PartnerUnreachable', `${who} does not answer`, { cause: bare(cause) });
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : '';

/** Without what else an error carries: a parser's has what the other side sent. */
function bare(cause: unknown): Error | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { name, message } = cause;
  return Object.assign(new Error(message || codeOf(cause)), { name, code: codeOf(cause) });
}
