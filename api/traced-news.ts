/**
 * Partner news in the trace of the request that it answers: that of the request's id, in which the partner was asked. An
 * event that says by `traceparent` under which span it came about (CloudEvents, Distributed Tracing) hangs below that.
 */
import type { PartnerEvent } from '../contracts/partner-event.ts';
import {
  activeSpan,
  context,
  endWith,
  SpanKind,
  spanOf,
  startInTrace,
  trace,
  traceHeader,
} from '../platform/tracing.ts';
import { traceIdOf } from '../platform/trace-id.ts';
import { isStructured } from './cloud-event.ts';
import type { Sent } from './operation.ts';

/** Judges news within its span; by itself where nobody traces. */
export async function inTraceOf<T>(event: PartnerEvent, sent: Sent, act: () => Promise<T>): Promise<T> {
  const call = activeSpan();
  if (!call) return act();
  const requestId = 'requestId' in event.data ? event.data.requestId : undefined;
  const said = spanOf(traceparentIn(sent));
  const traceId = requestId === undefined ? said?.traceId : traceIdOf(requestId);
  const span = startInTrace(`news ${event.type.split('.').at(-2)}`, {
    traceId,
    kind: SpanKind.CONSUMER,
    attributes: {
      'cloudevents.event_type': event.type,
      'route.id': event.subject,
      ...(requestId !== undefined && { 'outflow.request.id': requestId }),
    },
    parent: said,
    causes: [call, said?.traceId === traceId ? undefined : said],
  });
  return endWith(span, context.with(trace.setSpan(context.active(), span), act));
}

function traceparentIn(sent: Sent): unknown {
  if (!isStructured(sent)) return sent.headers[`ce-${traceHeader}`];
  return (JSON.parse(Buffer.from(sent.bytes).toString()) as Record<string, unknown>)[traceHeader];
}
