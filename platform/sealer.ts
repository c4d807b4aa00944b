/** Seals what is personal and opens it again, for a purpose that is logged. JWE by jose: dir, A256GCM. */
import { randomBytes } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader } from 'jose';
import type { Sealed } from '../contracts/sealed.ts';
import type { KeyStore } from './key-store.ts';
import type { Logger } from './log.ts';

export interface Access {
  /** Whose data: the route. */
  readonly routeId: string;
  /** Who opens it: a party or the opaque id of a person at work. */
  readonly by: string;
  /** What for: a step or an operation of the API. */
  readonly purpose: string;
}

export interface Sealer {
  /**
   * Encrypts under the key of the person whose route this is. Where that was destroyed, what somebody still writes is as
   * unreadable as what was written before.
   */
  seal<T>(routeId: string, value: T): Promise<Sealed<T>>;
  /**
   * Opens a sealed value and logs the access.
   * @throws PersonKeyMissing when the key was destroyed: the data is gone for good
   */
  open<T>(sealed: Sealed<T>, access: Access): Promise<T>;
  /** Whether that was done. */
  isForgotten(routeId: string): Promise<boolean>;
  /** Makes all that was sealed for a route unreadable for good, the address of a women's shelter too, and logs that. */
  forget(routeId: string): Promise<void>;
}

/** The person's key was destroyed: nothing of theirs can be read any more. */
export class PersonKeyMissing extends Error {
  override readonly name = 'PersonKeyMissing';
}

/** Whose key seals the address of a women's shelter: one of its own, so that whoever opens the rest can't open this. */
export const shelterKeyOf = (routeId: string): string => `${routeId}.shelter`;

export function createSealer(keys: KeyStore, log: Logger): Sealer {
  return {
    async seal<T>(routeId: string, value: T): Promise<Sealed<T>> {
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const header = { alg: 'dir', enc: 'A256GCM', kid: routeId };
      const key = (await keys.ensure(routeId)) ?? randomBytes(32);
      return { jwe: await new CompactEncrypt(plain).setProtectedHeader(header).encrypt(key) };
    },
    async open<T>(sealed: Sealed<T>, access: Access): Promise<T> {
      const { kid } = decodeProtectedHeader(sealed.jwe);
      const key = await keys.find(kid!);
      if (!key) throw new PersonKeyMissing(`The key of ${kid} was destroyed`);
      const { plaintext } = await compactDecrypt(sealed.jwe, key);
      log.info({ event: 'personal-data-opened', ...access }, 'personal data opened');
      return JSON.parse(new TextDecoder().decode(plaintext)) as T;
    },
    isForgotten: (routeId) => keys.wasDestroyed(routeId),
    async forget(routeId) {
      await Promise.all([keys.destroy(routeId), keys.destroy(shelterKeyOf(routeId))]);
      log.info({ event: 'personal-data-deleted', routeId }, 'personal data deleted');
    },
  };
}
