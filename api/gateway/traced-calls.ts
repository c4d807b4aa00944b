/** Calls to Temporal as spans under the call of the API that they are made for; what moves a workflow carries the trace along. */
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import {
  activeSpan,
  inSpan,
  SpanKind,
  traceHeader,
  traceparentOf,
  type Span,
} from '../../platform/tracing.ts';

const kind = SpanKind.CLIENT;

/** Where nobody traces, or for what no caller asked (a look for metrics, the health), a call goes as it is. */
function spanned<T>(name: string, workflowId: string, call: (span?: Span) => Promise<T>): Promise<T> {
  if (!activeSpan()) return call();
  const attributes = { 'temporal.workflow.id': workflowId, ...routeIn(workflowId) };
  return inSpan(name, { kind, attributes }, call);
}

const withTrace = <T extends { headers: Headers }>(input: T, span?: Span): T =>
  span
    ? {
        ...input,
        headers: {
          ...input.headers,
          [traceHeader]: defaultPayloadConverter.toPayload(traceparentOf(span.spanContext())),
        },
      }
    : input;

const routeIn = (workflowId: string): Record<string, string> =>
  workflowId.startsWith('route/') ? { 'route.id': workflowId.slice('route/'.length) } : {};

export const tracedCalls: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    spanned(`start ${input.workflowType}`, input.options.workflowId, (span) => next(withTrace(input, span))),
  startUpdate: (input, next) =>
    spanned(`update ${input.updateName}`, input.workflowExecution.workflowId ?? '', (span) =>
      next(withTrace(input, span)),
    ),
  signal: (input, next) =>
    spanned(`signal ${input.signalName}`, input.workflowExecution.workflowId ?? '', (span) =>
      next(withTrace(input, span)),
    ),
  query: (input, next) =>
    spanned(`query ${input.queryType}`, input.workflowExecution.workflowId ?? '', () => next(input)),
};
