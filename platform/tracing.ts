/**
 * Traces (OpenTelemetry). Without a collector there is no tracer, and what is asked here costs next to nothing. A span says
 * codes, ids and durations; never a body, a query, a path of a partner or a message.
 */
import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';

export { context, SpanKind, SpanStatusCode, trace, type Context, type Span, type SpanContext };

/** The header, and the attribute of a CloudEvent, by which a trace goes on elsewhere. */
export const traceHeader = 'traceparent';

const tracer = () => trace.getTracer('outflow-routes');

/** The trace that the next span is to be in; see `startInTrace`. */
let wanted: string | undefined;
export const takeWantedTrace = (): string | undefined => wanted;

/**
 * Starts a span that has nobody above it, or one of elsewhere.
 * @param traceId - 32 hexadecimal digits; left out: any
 */
export function startInTrace(
  name: string,
  {
    traceId,
    kind,
    attributes,
    parent,
    causes = [],
  }: {
    traceId?: string | undefined;
    kind: SpanKind;
    attributes: Attributes;
    /** Of elsewhere; counts where it is of that trace. */
    parent?: SpanContext | undefined;
    /** What it came of, in traces of their own. */
    causes?: readonly (SpanContext | undefined)[];
  },
): Span {
  const links: Link[] = causes.flatMap((each) => (each ? [{ context: each }] : []));
  // Whoever is asked in a trace of ours does not decide whether it is kept.
  const under =
    parent && parent.traceId === traceId ? { ...parent, traceFlags: TraceFlags.SAMPLED } : undefined;
  if (under) {
    const above = trace.setSpanContext(ROOT_CONTEXT, under);
    return tracer().startSpan(name, { kind, attributes, links }, above);
  }
  wanted = traceId;
  try {
    return tracer().startSpan(name, { kind, attributes, links, root: true });
  } finally {
    wanted = undefined;
  }
}

/** Does something within a span under the one that is active. */
export async function inSpan<T>(
  name: string,
  { kind, attributes }: { kind: SpanKind; attributes: Attributes },
  act: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer().startSpan(name, { kind, attributes });
  return endWith(
    span,
    context.with(trace.setSpan(context.active(), span), () => act(span)),
  );
}

/** Ends a span with what is done in it. Of an error it says its type alone: a message may quote what was sent. */
export async function endWith<T>(span: Span, done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    failed(span, error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

export function failed(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
}

/** `traceparent` of a span (W3C Trace Context). */
export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

const form = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/** The span that a `traceparent` names; undefined for what is none. */
export function spanOf(traceparent: unknown): SpanContext | undefined {
  if (typeof traceparent !== 'string' || traceparent.startsWith('ff')) return undefined;
  const [, traceId, spanId, flags] = form.exec(traceparent) ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

/** The span that is active; undefined where nobody traces. */
export const activeSpan = (): SpanContext | undefined => {
  const active = trace.getActiveSpan()?.spanContext();
  return active && trace.isSpanContextValid(active) ? active : undefined;
};
