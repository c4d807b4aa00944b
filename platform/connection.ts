/** The one way to Temporal, shared by worker, API and scripts: same namespace, same encryption. */
import { createRequire } from 'node:module';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './payload-codec.ts';
import { readPayloadKeys } from './payload-keys.ts';
import { SettingsError, type ConnectionSettings } from './settings.ts';

/** A server that was away for long is found again within seconds; left alone, the wait grows to two minutes. */
export const channelArgs = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 3000,
};

/** How values become payloads: JSON, encrypted; failure messages too. */
export async function createDataConverter(dataDir: string): Promise<DataConverter> {
  return {
    payloadCodecs: [new EncryptionCodec(await readPayloadKeys(dataDir))],
    failureConverterPath: createRequire(import.meta.url).resolve('./failure-converter.cjs'),
  };
}

/**
 * Connects lazily: the API answers that Temporal is away, rather than not starting at all.
 * @throws SettingsError when the payload keys are missing
 */
export async function connectClient(settings: ConnectionSettings): Promise<Client> {
  const connection = Connection.lazy({ address: settings.TEMPORAL_ADDRESS, channelArgs });
  const dataConverter = await createDataConverter(settings.DATA_DIR);
  return new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE, dataConverter });
}

/** Turns a failed connection into a line for people. */
export function temporalAway(address: string): SettingsError {
  return new SettingsError(`Temporal does not answer at ${address}: start it, or set TEMPORAL_ADDRESS`);
}
