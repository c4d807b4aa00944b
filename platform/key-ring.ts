/** A ring of keys: one that encrypts now, and older ones that still decrypt. Kept as JSON in a file or a variable. */
import { z } from 'zod';
import { SettingsError } from './settings.ts';

export interface KeyRing {
  /** Id of the key that encrypts. */
  readonly current: string;
  /** All keys by id, 32 bytes each; the oldest is the first. */
  readonly keys: ReadonlyMap<string, Buffer>;
  /** Of which fingerprints are made: see `fingerprintKeyOf`. */
  readonly fingerprints?: Buffer;
}

const RingText = z.object({
  current: z.string().min(1),
  keys: z.record(z.string().min(1), z.base64()),
  fingerprints: z.base64().optional(),
});

export const KEY_BYTES = 32;

/**
 * Reads a ring.
 * @param at - where it stands, and `what` it is, for the message
 * @throws SettingsError in one line, which never quotes a key
 */
export function parseRing(text: string, at: string, what: string): KeyRing {
  const refuse = (why: string) => new SettingsError(`The ${what} keys at ${at} ${why}`);
  const json = parsed(text);
  const { success, data: given } = RingText.safeParse(json);
  if (!success) throw new SettingsError(`${at} holds no ${what} keys: put back those that fit this data`);
  if (namesIn(text) !== namesIn(JSON.stringify(json))) throw refuse('name one of them twice');
  const { fingerprints, current } = given;
  const keys = new Map(Object.entries(given.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  for (const [id, key] of keys)
    if (key.length !== KEY_BYTES) throw refuse(`have one, "${id}", that is not 32 bytes`);
  if (new Set([...keys.values()].map((key) => key.toString('hex'))).size < keys.size)
    throw refuse('have the same key under two ids');
  if (!keys.has(current)) throw refuse(`lack the current one, "${current}"`);
  return {
    current,
    keys,
    ...(fingerprints !== undefined && { fingerprints: Buffer.from(fingerprints, 'base64') }),
  };
}

/** Without the error of the parser: it could quote a key. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many properties the text names: of two with one name JSON.parse would keep the last, and lose a key silently. */
const namesIn = (text: string): number => [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*:/g)].length;

/** A ring as the text that `parseRing` reads. */
export function textOfRing({ current, keys, fingerprints }: KeyRing): string {
  const encoded = Object.fromEntries([...keys].map(([id, key]) => [id, key.toString('base64')]));
  const ring = {
    current,
    keys: encoded,
    ...(fingerprints && { fingerprints: fingerprints.toString('base64') }),
  };
  return `${JSON.stringify(ring, null, 2)}\n`;
}
