/** Keys of persons as a database may hold them: each encrypted under a key that is kept elsewhere, and bound to its id. */
import { decrypt, encrypt } from './aes-gcm.ts';
import type { KeyRing } from './key-ring.ts';

export interface WrappedKey {
  readonly wrapped: Uint8Array;
  /** Id of the key that opens it. */
  readonly wrappedBy: string;
}

/** A key is wrapped by one that is not here. */
export class WrappingKeyMissing extends Error {
  override readonly name = 'WrappingKeyMissing';
}

export function wrapKey(ring: KeyRing, keyId: string, key: Uint8Array): WrappedKey {
  const { current, keys } = ring;
  return { wrapped: encrypt(keys.get(current)!, key, keyId), wrappedBy: current };
}

/** @throws WrappingKeyMissing naming the id of the key that is not here */
export function unwrapKey({ keys }: KeyRing, keyId: string, { wrapped, wrappedBy }: WrappedKey): Buffer {
  const wrapping = keys.get(wrappedBy);
  if (!wrapping)
    throw new WrappingKeyMissing(`No key of the key store "${wrappedBy}" here: put it back (docs/keys.md)`);
  return decrypt(wrapping, wrapped, keyId);
}
