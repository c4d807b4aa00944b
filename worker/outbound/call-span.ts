/** A call to an outside system as a span, in the trace of what it is about. */
import { PartnerFailed } from '../../activities/ports.ts';
import { activeSpan, failed, SpanKind, startInTrace, traceparentOf } from '../../platform/tracing.ts';
import { traceIdOf } from '../../platform/trace-id.ts';

export interface CallSpan {
  /** For the call's header; undefined where nobody traces. */
  readonly traceparent: string | undefined;
  /** @param status - of the answer */
  answered(status: number): void;
  failed(error: unknown): void;
}

/** @param about - what is asked: a request's id, the key of a notice. Its first part is the route's id, where it has one */
export function beginCall(who: string, method: string, about: string | undefined): CallSpan {
  const [routeId = ''] = about?.split(':') ?? [];
  const span = startInTrace(`ask ${who}`, {
    traceId: about === undefined ? undefined : traceIdOf(about),
    kind: SpanKind.CLIENT,
    attributes: {
      'peer.service': who,
      'http.request.method': method,
      ...(about !== undefined && { 'outflow.request.id': about }),
      ...(uuid.test(routeId) && { 'route.id': routeId }),
    },
    // The call that moved the route last: workflows/trace-cause.ts.
    causes: [activeSpan()],
  });
  return {
    traceparent: span.isRecording() ? traceparentOf(span.spanContext()) : undefined,
    answered(status) {
      span.setAttribute('http.response.status_code', status);
      if (status >= 400) failed(span, String(status));
      span.end();
    },
    failed(error) {
      failed(span, error instanceof PartnerFailed ? error.failure : 'unknown');
      span.end();
    },
  };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
