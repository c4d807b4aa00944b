/**
 * Which call moved a route last, so that a trace leads from that call to what the route asks of partners. Whoever traces
 * sends a header along (api/gateway/traced-calls.ts); here it is kept and handed on to activities and to the next run,
 * as it came. Where nobody traces there is no header, and nothing is added to any history.
 */
import type { Headers } from '@temporalio/common';
import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

const name = 'traceparent';

/** To be bundled with every workflow: worker/workflow-bundle.ts. */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let cause: Headers[string] | undefined;
  const heard = ({ headers }: { headers: Headers }) => {
    cause = headers[name] ?? cause;
  };
  const withCause = <T extends { headers: Headers }>(input: T): T =>
    cause ? { ...input, headers: { ...input.headers, [name]: cause } } : input;
  return {
    inbound: [
      {
        execute(input, next) {
          heard(input);
          return next(input);
        },
        handleUpdate(input, next) {
          heard(input);
          return next(input);
        },
        handleSignal(input, next) {
          heard(input);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withCause(input)),
        scheduleLocalActivity: (input, next) => next(withCause(input)),
        continueAsNew: (input, next) => next(withCause(input)),
      },
    ],
  };
};
