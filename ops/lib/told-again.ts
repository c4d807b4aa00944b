/** Commands that a reset told a route again: it may refuse one that comes before it is where it was when it took it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Payload } from '@temporalio/common';
import type { CommandEnvelope } from '../../domain/command.ts';
import { handledBefore } from '../../domain/commands.ts';
import { eventsBehind, type HistoryEvent } from './history.ts';
import type { Session } from './session.ts';

/** Reads a payload of a history. */
export const reading =
  ({ client }: Session) =>
  async (payload: Payload): Promise<unknown> => {
    const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
    let decoded = [payload];
    for (const codec of payloadCodecs) decoded = await codec.decode(decoded);
    return payloadConverter.fromPayload(decoded[0]!);
  };

/** The commands behind an event, in their order. */
export async function commandsBehind(
  session: Session,
  events: readonly HistoryEvent[],
  to: number,
): Promise<CommandEnvelope[]> {
  const inputs = eventsBehind(events, to).flatMap((event) => {
    const input = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
    return input?.name === 'command' ? [input.args!.payloads![0]!] : [];
  });
  return (await Promise.all(inputs.map(reading(session)))) as CommandEnvelope[];
}

const looks = 20;
const lookEveryMs = 500;

/** Those that the route has not taken after all; all of them where nobody answers for it. */
export async function lost(
  { routes }: Session,
  routeId: string,
  commands: readonly CommandEnvelope[],
): Promise<readonly CommandEnvelope[]> {
  let left = commands;
  for (let look = 0; look < looks && left.length > 0; look += 1) {
    if (look > 0) await sleep(lookEveryMs);
    const state = await routes.stateOf(routeId).catch(() => undefined);
    if (state) left = commands.filter(({ id }) => !handledBefore(state, id));
  }
  return left;
}
