/** The keys of persons. Destroying one makes that person's data unreadable everywhere at once. */

/** Where keys are kept: files in development, a database in production. All of it throws KeyStoreAway when it is away. */
export interface KeyStore {
  /** The key of a person; made on first use. 32 bytes. Undefined once it was destroyed: it is never made anew. */
  ensure(keyId: string): Promise<Uint8Array | undefined>;
  /** The key of a person; undefined when there is none (any more). */
  find(keyId: string): Promise<Uint8Array | undefined>;
  /** Whether a key was destroyed. */
  wasDestroyed(keyId: string): Promise<boolean>;
  /** Destroys a key for good; one that was never made can't be made any more either. */
  destroy(keyId: string): Promise<void>;
}

/** The store does not answer: nothing of a person can be sealed, opened or deleted until it does. Trying again helps. */
export class KeyStoreAway extends Error {
  override readonly name = 'KeyStoreAway';
}
