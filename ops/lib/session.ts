/** What commands share: the way to routes, the keys by which reasons are sealed, and the rules of today. */
import type { Client } from '@temporalio/client';
import type { Sealed } from '../../contracts/sealed.ts';
import { connectClient } from '../../platform/connection.ts';
import { createLog } from '../../platform/log.ts';
import { routeLine, type RouteLine } from '../../platform/route-line.ts';
import type { rulesOfToday } from '../../platform/rules-of-today.ts';
import { createSealer } from '../../platform/sealer.ts';
import { openStores } from '../../platform/stores.ts';
import { ConnectionSettings, readSettings, SettingsError } from '../../platform/settings.ts';

export interface Session {
  readonly client: Client;
  readonly taskQueue: string;
  readonly routes: RouteLine;
  readonly rulesFor: ReturnType<typeof rulesOfToday>;
  readonly seal: (routeId: string, reason: string) => Promise<Sealed<string>>;
}

/**
 * Acts with a way to Temporal, which is closed afterwards.
 * @throws SettingsError when Temporal is away, or keys are missing
 */
export async function withSession<T>(
  env: NodeJS.ProcessEnv,
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const settings = readSettings(ConnectionSettings, env);
  const client = await connectClient(settings);
  const log = createLog('ops', 'silent');
  const stores = await openStores(settings, log, 'ops');
  try {
    await client
      .withDeadline(Date.now() + 5000, () => client.workflowService.getSystemInfo({}))
      .catch(() => {
        throw new SettingsError(
          `Temporal does not answer at ${settings.TEMPORAL_ADDRESS}: set TEMPORAL_ADDRESS`,
        );
      });
    const sealer = createSealer(stores.keys);
    return await act({
      client,
      taskQueue: settings.TASK_QUEUE,
      routes: routeLine(client),
      // Loaded when it is needed: the calendar of all holidays takes a second.
      rulesFor: async (...asked) =>
        (await import('../../platform/rules-of-today.ts')).rulesOfToday()(...asked),
      seal: (routeId, reason) => sealer.seal(routeId, reason),
    });
  } finally {
    await client.connection.close();
    await stores.close();
  }
}
