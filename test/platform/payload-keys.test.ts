/** Where the payload keys come from, what stops a start, and how they are rotated. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRing, textOfRing, type KeyRing } from '../../platform/key-ring.ts';
import { addKey, dropKey, useKey } from '../../platform/key-rotation.ts';
import { ensurePayloadKeys, fingerprintKeyOf, readPayloadKeys } from '../../platform/payload-keys.ts';
import { fingerprintOf } from '../../api/idempotency.ts';

let DATA_DIR: string;
beforeEach(async () => {
  DATA_DIR = await mkdtemp(join(tmpdir(), 'outflow-'));
});
afterEach(() => rm(DATA_DIR, { recursive: true }));

const key = (byte: number) => Buffer.alloc(32, byte);
const ring: KeyRing = {
  current: 'b',
  keys: new Map([
    ['a', key(1)],
    ['b', key(2)],
  ]),
};
const [one, two] = [key(1).toString('base64'), key(2).toString('base64')];

/** Puts the keys of the data folder. */
async function put(text: string, mode = 0o600): Promise<void> {
  const file = join(DATA_DIR, 'keys', 'payload-keys.json');
  await mkdir(join(DATA_DIR, 'keys'), { recursive: true });
  await writeFile(file, text);
  await chmod(file, mode);
}

describe('the payload keys', () => {
  it('are made once, also when several processes ask at the same time', async () => {
    await Promise.all(Array.from({ length: 10 }, () => ensurePayloadKeys({ DATA_DIR })));
    const first = await readPayloadKeys({ DATA_DIR });
    await ensurePayloadKeys({ DATA_DIR });
    expect(await readPayloadKeys({ DATA_DIR })).toEqual(first);
  });

  it('come from the data folder, a file that is named, or a variable', async () => {
    await put(textOfRing(ring));
    expect(await readPayloadKeys({ DATA_DIR })).toEqual(ring);
    const elsewhere = join(DATA_DIR, 'secret.json');
    await writeFile(elsewhere, textOfRing({ ...ring, current: 'a' }), { mode: 0o600 });
    expect((await readPayloadKeys({ DATA_DIR, PAYLOAD_KEYS_FILE: elsewhere })).current).toBe('a');
    const PAYLOAD_KEYS = JSON.stringify({ current: 'only', keys: { only: one } });
    expect((await readPayloadKeys({ DATA_DIR, PAYLOAD_KEYS })).current).toBe('only');
  });

  it('are not made where the settings say where they come from', async () => {
    const PAYLOAD_KEYS_FILE = join(DATA_DIR, 'secret.json');
    await ensurePayloadKeys({ DATA_DIR, PAYLOAD_KEYS_FILE });
    await expect(readPayloadKeys({ DATA_DIR, PAYLOAD_KEYS_FILE })).rejects.toThrow(
      `Wrong setting: PAYLOAD_KEYS_FILE: there is no file to read at ${PAYLOAD_KEYS_FILE}`,
    );
    await expect(readPayloadKeys({ DATA_DIR })).rejects.toThrow(/^No payload keys at /);
    await expect(readPayloadKeys({ DATA_DIR, PAYLOAD_KEYS_FILE, PAYLOAD_KEYS: '{}' })).rejects.toThrow(
      'Wrong setting: PAYLOAD_KEYS: set it or PAYLOAD_KEYS_FILE, not both',
    );
  });

  it.each([
    ['{', 'holds no payload keys: put back those that fit this data'],
    ['{"current":"a"}', 'holds no payload keys'],
    [`{"current":"a","keys":{"a":"not base64, ${one}"}}`, 'holds no payload keys'],
    ['{"current":"a","keys":{}}', 'lack the current one, "a"'],
    [`{"current":"c","keys":{"a":"${one}"}}`, 'lack the current one, "c"'],
    ['{"current":"a","keys":{"a":"AAAA"}}', 'have one, "a", that is not 32 bytes'],
    [`{"current":"a","keys":{"a":"${one}","b":"${one}"}}`, 'have the same key under two ids'],
    [`{"current":"a","keys":{"a":"${one}","a":"${two}"}}`, 'name one of them twice'],
  ])('that are wrong stop the start with one line that quotes none (%#)', async (text, line) => {
    await put(text);
    const error = await readPayloadKeys({ DATA_DIR }).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ name: 'SettingsError', message: expect.stringContaining(line) });
    const { message } = error as Error;
    expect(message).not.toContain('\n');
    for (const secret of [one, two, 'AAAA']) expect(message).not.toContain(secret);
  });

  it.each([0o604, 0o644, 0o602, 0o660 | 0o004])('that others may read (%o) stop the start', async (mode) => {
    await put(textOfRing(ring), mode);
    await expect(readPayloadKeys({ DATA_DIR })).rejects.toThrow(
      /may be read or changed by others: chmod 6[04]0/,
    );
  });
});

describe('a ring of keys', () => {
  it('is the same after it was written and read', () => {
    expect(parseRing(textOfRing(ring), 'here', 'payload')).toEqual(ring);
    const withFingerprints = { ...ring, fingerprints: key(9) };
    expect(parseRing(textOfRing(withFingerprints), 'here', 'payload')).toEqual(withFingerprints);
  });

  it('gets another key that is not used yet, then uses it, then can do without the old one', () => {
    const added = addKey(ring, 'c');
    expect([added.current, [...added.keys.keys()]]).toEqual(['b', ['a', 'b', 'c']]);
    expect(added.keys.get('c')).toHaveLength(32);
    expect(useKey(added, 'c').current).toBe('c');
    expect([...dropKey(useKey(added, 'c'), 'a').keys.keys()]).toEqual(['b', 'c']);
  });

  it('refuses a step that would leave payloads without a key', () => {
    expect(() => addKey(ring, 'a')).toThrow('There is a key "a" already');
    expect(() => addKey(ring, '2027')).toThrow('"2027" is no id');
    expect(() => useKey(ring, 'c')).toThrow('There is no key "c": a, b');
    expect(() => dropKey(ring, 'b')).toThrow('"b" is the current key');
  });
});

describe('the fingerprint of a body', () => {
  it('stays the same while keys come and go', () => {
    const of = (keys: KeyRing) => fingerprintOf({ municipality: 'GM0153' }, fingerprintKeyOf(keys));
    const added = { ...addKey(ring, 'c'), fingerprints: fingerprintKeyOf(ring) };
    expect(of(added)).toBe(of(ring));
    const rotated = dropKey(dropKey(useKey(added, 'c'), 'a'), 'b');
    expect(of(parseRing(textOfRing(rotated), 'here', 'payload'))).toBe(of(ring));
  });
});
