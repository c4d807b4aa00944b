/** Another API process in front of the same routes: streams go on there, and are counted there. */
import { createVerifyToken } from '../../api/access.ts';
import { createApp } from '../../api/app.ts';
import { connectForCallers, createGateway } from '../../api/gateway.ts';
import { fingerprintKeyOf } from '../../api/idempotency.ts';
import { listen } from '../../api/server.ts';
import type { Watching } from '../../api/watching/hub.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { createLog } from '../../platform/log.ts';
import { loadPartners } from '../../platform/partner-registry.ts';
import { readPayloadKeys } from '../../platform/payload-keys.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { fileProcessingLog } from '../../platform/processing-log-files.ts';
import { createSealer } from '../../platform/sealer.ts';
import { ApiSettings, readSettings } from '../../platform/settings.ts';
import type { System } from './system.ts';

export interface AnotherApi {
  readonly url: string;
  /** Calls to Temporal so far, by the name of the method. */
  readonly calls: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** @param address - by which way Temporal is reached; left out: straight */
export async function startAnotherApi(
  { env, dataDir, simulatorUrl }: System,
  { address = env.address, watching }: { address?: string; watching?: Watching } = {},
): Promise<AnotherApi> {
  const settings = readSettings(ApiSettings, { TEMPORAL_ADDRESS: address, DATA_DIR: dataDir });
  const calls: Record<string, number> = {};
  const payloadKeys = await readPayloadKeys(settings);
  const client = connectForCallers(settings, payloadKeys, [
    (options, next) => {
      const method = options.method_definition.path.split('/').at(-1)!;
      calls[method] = (calls[method] ?? 0) + 1;
      return next(options) as ReturnType<NonNullable<Parameters<typeof connectForCallers>[2]>[number]>;
    },
  ]);
  const gateway = createGateway({
    client,
    taskQueue: settings.TASK_QUEUE,
    ...(watching && { watching }),
  });
  const now = new Date().toISOString();
  const log = createLog('another-api', process.env.TEST_LOG ?? 'silent');
  const identity = `${simulatorUrl}/identity`;
  const app = createApp({
    gateway,
    verifyToken: createVerifyToken({
      jwksUrl: `${identity}/jwks.json`,
      issuer: identity,
      audience: settings.TOKEN_AUDIENCE,
    }),
    sealer: createSealer(fileKeyStore(dataDir)),
    processing: fileProcessingLog(dataDir, 'another-api'),
    ruleBook: await loadRuleBook(now),
    housing: await loadHousingBook(now),
    rules: settings.RULES,
    partners: await loadPartners(),
    eventWindowDays: settings.EVENT_WINDOW_DAYS,
    log,
    now: () => new Date().toISOString(),
    version: '0.0.0',
    fingerprintKey: fingerprintKeyOf(payloadKeys),
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, ending: () => gateway.changes.close() });
  return {
    url: server.url,
    calls,
    async stop() {
      await server.stop();
      await gateway.close();
    },
  };
}
