/** Each call as a span. It begins a trace of its own: whoever calls can neither glue calls together nor turn tracing off. */
import type { RequestHandler, Response } from 'express';
import {
  context,
  failed,
  SpanKind,
  spanOf,
  startInTrace,
  trace,
  traceHeader,
  type Context,
} from '../../platform/tracing.ts';

/** Middleware in front of all others; the span ends with the answer. */
export const traced: RequestHandler = (req, res, next) => {
  const span = startInTrace(req.method, {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': req.method },
    causes: [spanOf(req.get(traceHeader))],
  });
  if (!span.isRecording()) {
    next();
    return;
  }
  (res.locals as Left).trace = trace.setSpan(context.active(), span);
  res.once('close', () => {
    const { operation, path, problem, routeId } = res.locals as Left;
    if (path) span.updateName(`${req.method} /v1${path}`).setAttribute('http.route', `/v1${path}`);
    if (operation) span.setAttribute('outflow.operation', operation);
    if (routeId) span.setAttribute('route.id', routeId);
    if (problem) span.setAttribute('outflow.problem', problem);
    span.setAttribute('http.response.status_code', res.statusCode);
    if (res.statusCode >= 500) failed(span, problem ?? String(res.statusCode));
    span.end();
  });
  next();
};

/** What handlers leave on the way. */
interface Left {
  trace?: Context;
  readonly operation?: string;
  readonly path?: string;
  readonly problem?: string;
  readonly routeId?: string;
}

/** Does something within the span of a call. */
export const withinCall = <T>(res: Response, act: () => T): T => {
  const { trace: of } = res.locals as Left;
  return of ? context.with(of, act) : act();
};
