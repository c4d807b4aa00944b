/** What commands share: the way to routes, the keys by which reasons are sealed, and the rules of today. */
import type { Client } from '@temporalio/client';
import type { Sealed } from '../../contracts/sealed.ts';
import { createLog } from '../../platform/log.ts';
import { routeLine, type RouteLine } from '../../platform/route-line.ts';
import type { rulesOfToday } from '../../platform/rules-of-today.ts';
import { createSealer } from '../../platform/sealer.ts';
import { openStores } from '../../platform/stores.ts';
import { ConnectionSettings, readSettings } from '../../platform/settings.ts';
import { connected } from './connected.ts';
import type { Teller } from './told.ts';

export interface Session {
  readonly client: Client;
  readonly taskQueue: string;
  readonly routes: RouteLine;
  readonly rulesFor: ReturnType<typeof rulesOfToday>;
  readonly seal: (routeId: string, reason: string) => Promise<Sealed<string>>;
}

/**
 * Acts with a way to Temporal, which is closed afterwards.
 * @throws Unreachable when Temporal is away; SettingsError when keys are missing
 */
export async function withSession<T>(
  env: NodeJS.ProcessEnv,
  told: Pick<Teller, 'progress'>,
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const settings = readSettings(ConnectionSettings, env);
  return connected(settings, told, async (client) => {
    const stores = await openStores(settings, createLog('ops', 'silent'), 'ops');
    const sealer = createSealer(stores.keys);
    try {
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
      await stores.close();
    }
  });
}
