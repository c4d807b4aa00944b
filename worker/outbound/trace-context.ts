/**
 * W3C Trace Context for what goes out where nobody traces (call-span.ts): own code of a few lines, since a tracer that
 * nobody has begun says nothing at all.
 */
import { randomBytes } from 'node:crypto';
import { traceIdOf } from '../../platform/trace-id.ts';

/** The headers, by their names. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** @param about - what is asked: a request's id, a notification's key; left out where a call is about none of them */
export type Tracing = (about?: string) => TraceContext;

/**
 * All calls about one request share a trace, however often it is tried and by whichever worker: its id is the first
 * half of the SHA-256 of the request's id, so that both sides find it by that id alone. Each call is a span of its own.
 */
export const ownTraces: Tracing = (about) => ({
  // 01, sampled: after 00 most systems that are called would keep nothing to find.
  traceparent: `00-${about === undefined ? hexOf(16) : traceIdOf(about)}-${hexOf(8)}-01`,
});

/** An id of nothing but zeros would be none. */
function hexOf(bytes: number): string {
  const id = randomBytes(bytes);
  return id.every((byte) => byte === 0) ? hexOf(bytes) : id.toString('hex');
}
