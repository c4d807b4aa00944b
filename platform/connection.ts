/** The one way to Temporal, shared by worker, API and scripts: same namespace, same encryption. */
import { createRequire } from 'node:module';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { PayloadKeySettings } from './key-settings.ts';
import { EncryptionCodec } from './payload-codec.ts';
import { readPayloadKeys, type PayloadKeys } from './payload-keys.ts';
import { SettingsError, type ConnectionSettings } from './settings.ts';

/** A server that was away for long is found again within seconds; left alone, the wait grows to two minutes. */
export const channelArgs = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 3000,
};

/** How values become payloads: JSON, encrypted; failure messages too. */
export function createDataConverter(keys: PayloadKeys): DataConverter {
  return {
    payloadCodecs: [new EncryptionCodec(keys)],
    failureConverterPath: createRequire(import.meta.url).resolve('./failure-converter.cjs'),
  };
}

/**
 * The same, with the keys of the settings.
 * @throws SettingsError when the payload keys are missing or wrong
 */
export const readDataConverter = async (settings: PayloadKeySettings): Promise<DataConverter> =>
  createDataConverter(await readPayloadKeys(settings));

/**
 * Connects lazily: the API answers that Temporal is away, rather than not starting at all.
 * @throws SettingsError when the payload keys are missing or wrong
 */
export async function connectClient(settings: ConnectionSettings): Promise<Client> {
  const connection = Connection.lazy({ address: settings.TEMPORAL_ADDRESS, channelArgs });
  const dataConverter = await readDataConverter(settings);
  return new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE, dataConverter });
}

/** Turns a failed connection into a line for people. */
export function temporalAway(address: string): SettingsError {
  return new SettingsError(`Temporal does not answer at ${address}: start it, or set TEMPORAL_ADDRESS`);
}
