/** Histories as files: the JSON that Temporal's own tools write, one event a line, readable without any key. */
import { createRequire } from 'node:module';
import { readFile, writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import type { Payload, PayloadCodec } from '@temporalio/common';

const { History } = proto.temporal.api.history.v1;
export type History = proto.temporal.api.history.v1.IHistory;
export type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

interface ProtoJson {
  readonly toJson: (type: unknown, message: unknown) => { events: object[] };
  readonly fromJson: (type: unknown, json: unknown) => History;
}
// The SDK's own `historyToJSON` compares types of one copy of protobufjs with those of another, and throws, when npm
// did not lay them together. The copy that made the types always fits.
const besideProto = createRequire(createRequire(import.meta.url).resolve('@temporalio/proto'));
const { toJson, fromJson } = besideProto('protobufjs/ext/protojson') as ProtoJson;

/** Reads a history. */
export async function readHistory(file: string): Promise<History> {
  return fromJson(History, JSON.parse(await readFile(file, 'utf8')));
}

/**
 * Writes a history, and never over another one.
 * @throws NodeJS.ErrnoException `EEXIST` when the file exists
 */
export async function writeHistory(file: string, history: History): Promise<void> {
  const { events } = toJson(History, History.fromObject(history));
  const lines = events.map((event) => JSON.stringify(event, anonymous));
  await writeFile(file, `{"events":[\n${lines.join(',\n')}\n]}\n`, { flag: 'wx' });
}

/** Process and machine of the worker that recorded it are nobody's business. */
function anonymous(name: string, value: unknown): unknown {
  return name === 'identity' && value !== '' ? 'recorder' : value;
}

/** The same history with every payload decoded. */
export async function decoded(history: History, codecs: readonly PayloadCodec[]): Promise<History> {
  const plain = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (isPayload(value)) return decodeOne(value, codecs);
    if (!isMessage(value)) return value;
    const parts = Object.entries(value).map(async ([name, part]) => [name, await plain(part)] as const);
    return Object.fromEntries(await Promise.all(parts));
  };
  return History.fromObject((await plain(History.toObject(History.fromObject(history)))) as object);
}

async function decodeOne(payload: Payload, codecs: readonly PayloadCodec[]): Promise<Payload> {
  let payloads = [payload];
  for (const codec of codecs) payloads = await codec.decode(payloads);
  return payloads[0]!;
}

const isMessage = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const isPayload = (value: unknown): value is Payload =>
  isMessage(value) && 'metadata' in value && 'data' in value && isMessage(value.metadata);
