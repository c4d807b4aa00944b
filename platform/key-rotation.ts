/**
 * How a ring changes, one step at a time: between two steps every process gets the ring, so that none meets what another
 * encrypted under a key that it does not know yet. See docs/keys.md.
 */
import { randomBytes } from 'node:crypto';
import { KEY_BYTES, type KeyRing } from './key-ring.ts';
import { SettingsError } from './settings.ts';

/** Ids of digits alone would not keep their order in JSON. */
const idShape = /^(?!\d+$)[\w.-]{1,64}$/;

/** A new key beside the others; nothing is encrypted under it yet. @throws SettingsError there is one of that id */
export function addKey(ring: KeyRing, id: string): KeyRing {
  if (!idShape.test(id))
    throw new SettingsError(
      `"${id}" is no id: letters, digits, ".", "_" and "-", 64 at the most, not digits alone`,
    );
  if (ring.keys.has(id)) throw new SettingsError(`There is a key "${id}" already`);
  return { ...ring, keys: new Map([...ring.keys, [id, randomBytes(KEY_BYTES)]]) };
}

/** From now on that key encrypts. @throws SettingsError there is none of that id */
export function useKey(ring: KeyRing, id: string): KeyRing {
  assertThere(ring, id);
  return { ...ring, current: id };
}

/** Without a key: what it encrypted is lost for good. @throws SettingsError there is none, or it is the current one */
export function dropKey(ring: KeyRing, id: string): KeyRing {
  assertThere(ring, id);
  if (ring.current === id)
    throw new SettingsError(`"${id}" is the current key: use another one first (docs/keys.md)`);
  return { ...ring, keys: new Map([...ring.keys].filter(([each]) => each !== id)) };
}

function assertThere({ keys }: KeyRing, id: string): void {
  if (!keys.has(id)) throw new SettingsError(`There is no key "${id}": ${[...keys.keys()].join(', ')}`);
}
