/**
 * Makes a Temporal server, a data folder and a key store ready: the store's table, keys where there are none and never were,
 * the search attributes, and the schedules of operations. Can be run as often as one likes.
 */
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import attributes from '../domain/search-attributes.json' with { type: 'json' };
import { ensureSchedules } from '../ops/schedules.ts';
import { connectClient, temporalAway } from '../platform/connection.ts';
import { createLog } from '../platform/log.ts';
import { prepareKeyStore } from '../platform/stores.ts';
import { ensurePayloadKeys, readPayloadKeys } from '../platform/payload-keys.ts';
import { ConnectionSettings, readSettings } from '../platform/settings.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const types = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

async function registerSearchAttributes({ address, namespace }: { address: string; namespace: string }) {
  const connection = await Connection.connect({ address, connectTimeout: '10s' }).catch(() => {
    throw temporalAway(address);
  });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(attributes).filter(([name]) => !(name in customAttributes));
    if (missing.length > 0)
      await connection.operatorService.addSearchAttributes({
        namespace,
        searchAttributes: Object.fromEntries(
          missing.map(([name, type]) => [name, types[type as keyof typeof types]]),
        ),
      });
  } finally {
    await connection.close();
  }
}

try {
  const settings = readSettings(ConnectionSettings, process.env);
  // New keys could read nothing of what an existing database holds: then the missing ones have to come back.
  const { isNew } = await prepareKeyStore(settings, createLog('prepare', settings.LOG_LEVEL));
  if (isNew) await ensurePayloadKeys(settings);
  await readPayloadKeys(settings);
  await registerSearchAttributes({
    address: settings.TEMPORAL_ADDRESS,
    namespace: settings.TEMPORAL_NAMESPACE,
  });
  const client = await connectClient(settings);
  await ensureSchedules(client, settings.TASK_QUEUE);
  await client.connection.close();
} catch (error) {
  process.stderr.write(`${(error as Error).message.split('\n')[0]}\n`);
  process.exit(error instanceof Error && error.name === 'SettingsError' ? 2 : 1);
}
