/**
 * Seals what is personal and opens it again. JWE by jose: dir, A256GCM. Whoever opens something says so in the log of data
 * processing before it goes any further (processing-log.ts).
 */
import { randomBytes } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader } from 'jose';
import type { Sealed } from '../contracts/sealed.ts';
import type { KeyStore } from './key-store.ts';

export interface Sealer {
  /**
   * Encrypts under the key of the person whose route this is. Where that was destroyed, what somebody still writes is as
   * unreadable as what was written before.
   */
  seal<T>(routeId: string, value: T): Promise<Sealed<T>>;
  /**
   * Opens a sealed value.
   * @throws PersonKeyMissing when the key was destroyed: the data is gone for good
   */
  open<T>(sealed: Sealed<T>): Promise<T>;
  /** Whether that was done. */
  isForgotten(routeId: string): Promise<boolean>;
  /** Makes all that was sealed for a route unreadable for good, the address of a women's shelter too. */
  forget(routeId: string): Promise<void>;
}

/** The person's key was destroyed: nothing of theirs can be read any more. */
export class PersonKeyMissing extends Error {
  override readonly name = 'PersonKeyMissing';
}

/** Whose key seals the address of a women's shelter: one of its own, so that whoever opens the rest can't open this. */
export const shelterKeyOf = (routeId: string): string => `${routeId}.shelter`;

/** Whether it is what a sealer makes, and not words that somebody wrote in its place. */
export const isSealed = ({ jwe }: Sealed<unknown>): boolean => /^[\w-]+\.[\w-]*(\.[\w-]+){3}$/.test(jwe);

export function createSealer(keys: KeyStore): Sealer {
  /** What is sealed at once for one person waits for one key. */
  const underWay = new Map<string, Promise<Uint8Array | undefined>>();
  const keyOf = (routeId: string): Promise<Uint8Array | undefined> => {
    const asked = underWay.get(routeId) ?? keys.ensure(routeId).finally(() => underWay.delete(routeId));
    underWay.set(routeId, asked);
    return asked;
  };
  return {
    async seal<T>(routeId: string, value: T): Promise<Sealed<T>> {
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const header = { alg: 'dir', enc: 'A256GCM', kid: routeId };
      const key = (await keyOf(routeId)) ?? randomBytes(32);
      return { jwe: await new CompactEncrypt(plain).setProtectedHeader(header).encrypt(key) };
    },
    async open<T>(sealed: Sealed<T>): Promise<T> {
      const { kid } = decodeProtectedHeader(sealed.jwe);
      const key = await keys.find(kid!);
      if (!key) throw new PersonKeyMissing(`The key of ${kid} was destroyed`);
      const { plaintext } = await compactDecrypt(sealed.jwe, key);
      return JSON.parse(new TextDecoder().decode(plaintext)) as T;
    },
    isForgotten: (routeId) => keys.wasDestroyed(routeId),
    async forget(routeId) {
      await Promise.all([keys.destroy(routeId), keys.destroy(shelterKeyOf(routeId))]);
    },
  };
}
