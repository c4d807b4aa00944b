/** The trace that everything about one request shares (W3C Trace Context). */
import { createHash } from 'node:crypto';

/** 32 hexadecimal digits: the first half of the SHA-256 of what it is about, so that both sides find it by that alone. */
export const traceIdOf = (about: string): string =>
  createHash('sha256').update(about).digest('hex').slice(0, 32);
