/** The API's own way to Temporal: a caller waits at the other end, so it gives up early rather than late. */
import {
  Client,
  Connection,
  isRetryableError,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';
import { channelArgs, createDataConverter } from '../../platform/connection.ts';
import type { PayloadKeys } from '../../platform/payload-keys.ts';
import type { ConnectionSettings } from '../../platform/settings.ts';
import { tracedCalls } from './traced-calls.ts';

/**
 * A client that connects at its first call and asks again but briefly. The usual client goes on for 41 seconds
 * when a route has too many Updates in flight; here that is an answer within a second (429, or the Signal).
 * @param interceptors - see each attempt at a call
 */
export function connectForCallers(
  settings: ConnectionSettings,
  keys: PayloadKeys,
  interceptors: NonNullable<ConnectionOptions['interceptors']> = [],
): Client {
  const retry = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => attempt < 4 && isRetryableError(status),
    delayFunction: (attempt) => 50 * 2 ** attempt * (0.8 + Math.random() * 0.4),
  });
  const connection = Connection.lazy({
    address: settings.TEMPORAL_ADDRESS,
    interceptors: [retry, ...interceptors],
    channelArgs,
  });
  return new Client({
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    dataConverter: createDataConverter(keys),
    interceptors: { workflow: [tracedCalls] },
  });
}
