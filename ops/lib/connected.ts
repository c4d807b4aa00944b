/** The way to Temporal, tried before anything is asked: whoever is away is away within seconds, for every command alike. */
import type { Client } from '@temporalio/client';
import { connectClient, temporalAway } from '../../platform/connection.ts';
import type { ConnectionSettings } from '../../platform/settings.ts';
import { noticed, type Teller } from './told.ts';

const answeredWithinMs = 5000;

/** Asks Temporal, or a workflow by it, one thing: whoever does not answer within five seconds is not waited for. */
export const answered = <T>(client: Client, ask: () => Promise<T>): Promise<T> =>
  client.withDeadline(Date.now() + answeredWithinMs, ask);

/** Nobody is there who could do what was asked, be it written as it may: exit code 3. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** As every program of this project says it. */
export const unreachable = (address: string): Unreachable => new Unreachable(temporalAway(address).message);

/**
 * Acts with a client, which is closed afterwards.
 * @throws Unreachable when Temporal does not answer within five seconds; SettingsError when payload keys are missing
 */
export async function connected<T>(
  settings: ConnectionSettings,
  told: Pick<Teller, 'progress'>,
  act: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connectClient(settings);
  const { TEMPORAL_ADDRESS: address } = settings;
  try {
    const asked = answered(client, () => client.workflowService.getSystemInfo({})).catch(() => {
      throw unreachable(address);
    });
    await noticed(told, `Waiting for Temporal at ${address} …`, asked);
    return await act(client);
  } finally {
    await client.connection.close();
  }
}
