/** Giving a route a command: the same for every kind of command. */
import { randomUUID } from 'node:crypto';
import { t } from '../../contracts/text.ts';
import type { Command } from '../../domain/command.ts';
import { handledBefore, isFor, routeChanged, shortFingerprint } from '../../domain/commands.ts';
import { knows } from '../../domain/edition.ts';
import { mayReachRoute, type Caller } from '../access.ts';
import { fingerprintOf } from '../idempotency.ts';
import type { Call, Reply } from '../operation.ts';
import type { OperationDeps } from '../deps.ts';
import { ApiProblem, problemOfRefusal, unknownRoute } from '../problems.ts';
import { revisionsOf, viewReply } from './parts.ts';

interface Headers {
  readonly 'Idempotency-Key'?: string | undefined;
  readonly 'If-Match'?: string | undefined;
}
type AnyCommand = Call<{ routeId: string }, unknown, Headers, unknown>;

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
    mayReachRoute(caller, { routeId: params.routeId, municipality }),
): Promise<Reply> {
  const { gateway, sealer, fingerprintKey } = deps;
  let hasWords = false;
  const { routeId } = params;
  if (!(await reaches(await gateway.municipalityOf(routeId)))) throw unknownRoute();
  const fingerprint = fingerprintOf({ kind, params, body }, fingerprintKey);
  const { subject, role, municipality } = caller;
  const id = commandId(caller, headers['Idempotency-Key']);
  const ifRevision = revisionsOf(headers['If-Match']);
  if (ifRevision) await refuseChangedBefore(deps, routeId, id, ifRevision);
  const handled = await gateway.command(routeId, {
    id,
    fingerprint,
    actor: { subject, role, ...(municipality && { municipality }) },
    ...(ifRevision && { ifRevision }),
    command: await make((value) => {
      hasWords = true;
      return sealer.seal(routeId, value);
    }, id),
  });
  if (handled.fingerprint !== shortFingerprint(fingerprint))
    throw new ApiProblem(
      'idempotency-key-reused',
      t(
        'Onder deze Idempotency-Key is een andere opdracht gegeven.',
        'Another command was given under this Idempotency-Key.',
      ),
    );
  return { ...viewReply(await gateway.stateOf(routeId), language), hasWords };
}

/**
 * A run of before routes looked at this themselves carries everything out: there it is looked at here, where somebody else
 * may still come in between. Such a run is over within thirty days.
 */
async function refuseChangedBefore(
  { gateway }: OperationDeps,
  routeId: string,
  id: string,
  ifRevision: readonly number[],
): Promise<void> {
  const state = await gateway.stateOf(routeId);
  if (knows(state, 10) || handledBefore(state, id) || isFor(ifRevision, state)) return;
  const { kind, message } = routeChanged();
  throw problemOfRefusal(kind, { en: message, nl: undefined });
}

/** Two people may choose the same key: each has their own. */
function commandId({ subject }: Caller, key: string | undefined): string {
  return `${subject}:${key ?? randomUUID()}`;
}
