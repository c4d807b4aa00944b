/** How a command ends that could not do what it was asked: an exit code, and a line that says why. */
import { isGrpcServiceError } from '@temporalio/client';
import { SettingsError } from '../../platform/settings.ts';
import { Unreachable, unreachable } from './connected.ts';

/** gRPC: deadline exceeded, unavailable. */
const away: ReadonlySet<number> = new Set([4, 14]);

const causes = (error: unknown): unknown[] =>
  error instanceof Error ? [error, ...causes(error.cause)] : [error];

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

/** What was asked, or how it was set, was wrong; a parser of arguments says so by its code. */
const isUsage = (error: unknown): boolean =>
  error instanceof SettingsError ||
  (error instanceof Error && error.name === 'QueryInvalid') ||
  String((error as { code?: unknown } | undefined)?.code).startsWith('ERR_PARSE_ARGS');

/**
 * 1: it was refused, or went wrong; 2: something was written wrong; 3: Temporal is not reached.
 * @param address - of Temporal
 */
export function endOf(error: unknown, address: string): { readonly code: 1 | 2 | 3; readonly line: string } {
  const grpc = causes(error).find(isGrpcServiceError)?.code;
  const isAway = error instanceof Unreachable || (grpc !== undefined && away.has(grpc));
  if (isAway)
    return { code: 3, line: error instanceof Unreachable ? error.message : unreachable(address).message };
  return { code: isUsage(error) ? 2 : 1, line: firstLine(error) };
}
