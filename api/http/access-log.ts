/** One line per call: method, path, status, duration and request id. Never a header, a query, a body or unknown words of a path. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pinoHttp, type HttpLogger } from 'pino-http';
import type { Logger } from '../../platform/log.ts';
import { pathInLog } from './path-in-log.ts';

/** @param paths - of all operations */
export function accessLog(log: Logger, paths: readonly string[]): HttpLogger {
  const shortened = pathInLog(paths);
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: shortened(url),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      // The answer to a problem logs its error itself.
      err: ({ message }: { message?: string }) => ({ message }),
    },
    customLogLevel: (_req: IncomingMessage, res: ServerResponse) => {
      if (!res.writableEnded) return 'info'; // the client went away
      return res.statusCode === 500 ? 'error' : res.statusCode > 500 ? 'warn' : 'info';
    },
    customSuccessMessage: (_req, res) => (res.writableEnded ? 'answered' : 'the client went away'),
    customErrorMessage: () => 'answered with an error',
  });
}
