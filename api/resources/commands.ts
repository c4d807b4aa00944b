/** Giving a route a command: the same for every kind of command. */
import { randomUUID } from 'node:crypto';
import { t } from '../../contracts/text.ts';
import type { Command } from '../../domain/command.ts';
import { shortFingerprint } from '../../domain/commands.ts';
import { mayReach, type Caller } from '../access.ts';
import { fingerprintOf } from '../idempotency.ts';
import type { Call, Reply } from '../operation.ts';
import { ApiProblem, unknownRoute } from '../problems.ts';
import { viewReply } from './parts.ts';

type AnyCommand = Call<{ routeId: string }, unknown, { 'Idempotency-Key'?: string | undefined }, unknown>;

/**
 * Gives a command and answers with the route as it is then.
 * @param call - the call that asks for it
 * @param kind - what is asked; together with parameters and body it makes the fingerprint
 * @param make - makes the command; only called, and so only sealed, for a route that this caller may command
 * @param reaches - whether the caller may command a route of this municipality; left out: one of their own
 * @throws ApiProblem unknown-route, idempotency-key-reused, what the route refuses, worker-away, temporal-away
 */
export async function give(
  { caller, params, headers, body, language, deps }: AnyCommand,
  kind: Command['kind'],
  make: (
    seal: <T>(value: T) => ReturnType<typeof deps.sealer.seal<T>>,
    commandId: string,
  ) => Promise<Command>,
  reaches: (municipality: string) => Promise<boolean> | boolean = (municipality) =>
    mayReach(caller, municipality),
): Promise<Reply> {
  const { gateway, sealer, fingerprintKey } = deps;
  const { routeId } = params;
  if (!(await reaches(await gateway.municipalityOf(routeId)))) throw unknownRoute();
  const fingerprint = fingerprintOf({ kind, params, body }, fingerprintKey);
  const { subject, role, municipality } = caller;
  const id = commandId(caller, headers['Idempotency-Key']);
  const handled = await gateway.command(routeId, {
    id,
    fingerprint,
    actor: { subject, role, ...(municipality && { municipality }) },
    command: await make((value) => sealer.seal(routeId, value), id),
  });
  if (handled.fingerprint !== shortFingerprint(fingerprint))
    throw new ApiProblem(
      'idempotency-key-reused',
      t(
        'Onder deze Idempotency-Key is een andere opdracht gegeven.',
        'Another command was given under this Idempotency-Key.',
      ),
    );
  return viewReply(await gateway.stateOf(routeId), language);
}

/** Two people may choose the same key: each has their own. */
function commandId({ subject }: Caller, key: string | undefined): string {
  return `${subject}:${key ?? randomUUID()}`;
}
