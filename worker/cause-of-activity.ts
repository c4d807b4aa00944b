/** An activity works under the call that moved its route last, where that was traced: workflows/trace-cause.ts. */
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { context, spanOf, trace, traceHeader } from '../platform/tracing.ts';

export const causeOfActivity: ActivityInboundCallsInterceptor = {
  execute(input, next) {
    const { data } = input.headers[traceHeader] ?? {};
    const cause = data ? spanOf(JSON.parse(Buffer.from(data).toString())) : undefined;
    if (!cause) return next(input);
    return context.with(trace.setSpanContext(context.active(), cause), () => next(input));
  },
};
