/**
 * Encrypts every payload before it leaves a process, with AES-256-GCM: own code of a few lines, since the SDK has
 * the interface and no codec of its own.
 */
import proto from '@temporalio/proto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { decrypt, encrypt } from './aes-gcm.ts';
import type { PayloadKeys } from './payload-keys.ts';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

/** A payload is of a key that is not here. Not a fault of the payload: the key has to come back. */
export class PayloadKeyMissing extends Error {
  override readonly name = 'PayloadKeyMissing';
}

/**
 * The key's id stands beside what it encrypted and is not bound to it: another id means another key, under which nothing
 * opens. Bound to it, what is written now could not be read by workers of a version before, which work on beside newer ones.
 */
export class EncryptionCodec implements PayloadCodec {
  readonly #keys: PayloadKeys;

  constructor(keys: PayloadKeys) {
    this.#keys = keys;
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.#encrypt(payload));
  }

  /** @throws PayloadKeyMissing naming the key's id */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) =>
      text(payload.metadata?.encoding) === ENCODING ? this.#decrypt(payload) : payload,
    );
  }

  #encrypt(payload: Payload): Payload {
    const { current, keys } = this.#keys;
    const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish();
    const metadata = { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(current) };
    return { metadata, data: encrypt(keys.get(current)!, plain) };
  }

  #decrypt(payload: Payload): Payload {
    const id = text(payload.metadata?.[KEY_ID]);
    const key = this.#keys.keys.get(id);
    if (!key)
      throw new PayloadKeyMissing(`No payload key "${id}" here: put it back, under that id (docs/keys.md)`);
    return proto.temporal.api.common.v1.Payload.decode(decrypt(key, payload.data ?? new Uint8Array()));
  }
}

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString();
