/** AES-256-GCM over bytes: the nonce, what was encrypted, and the tag, in one. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param bound - what the result is bound to: it opens beside nothing else */
export function encrypt(key: Uint8Array, plain: Uint8Array, bound = ''): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error it was tampered with, is bound to something else, or is of another key */
export function decrypt(key: Uint8Array, encrypted: Uint8Array, bound = ''): Buffer {
  const data = Buffer.from(encrypted);
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(ALGORITHM, key, data.subarray(0, NONCE_BYTES), options);
  decipher.setAAD(Buffer.from(bound)).setAuthTag(data.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
