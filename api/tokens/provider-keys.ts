/**
 * The identity provider's published keys (JWKS), as they turn over. A new key is fetched when the first token names it; a
 * key that was withdrawn is forgotten within five minutes; while the provider is away the keys it had go on for a day.
 */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

export interface KeyTimes {
  /** After a fetch no unknown key id brings about another for so long: else tokens with random ids would flood the provider. */
  readonly cooldownMs: number;
  /** Keys that were fetched longer ago are fetched anew: by then a withdrawn one is no longer trusted. */
  readonly refreshMs: number;
  /** How long keys go on while the provider does not answer. Nobody can tell meanwhile which it would have withdrawn. */
  readonly keptMs: number;
  /** A provider that did not answer is left alone for so long. */
  readonly retryMs: number;
  readonly timeoutMs: number;
}

const usual: KeyTimes = {
  cooldownMs: 10_000,
  refreshMs: 5 * 60_000,
  keptMs: 24 * 3_600_000,
  retryMs: 1000,
  timeoutMs: 2000,
};

/**
 * Makes the look-up of keys at one address. What a token says of keys itself (`jku`, `jwk`, `x5u`, `x5c`) is never read.
 * It throws what jose throws for a token without a trusted key, and any other error when the keys cannot be had.
 */
export function providerKeys(jwksUrl: string, times: Partial<KeyTimes> = {}): JWTVerifyGetKey {
  const { cooldownMs, refreshMs, keptMs, retryMs, timeoutMs } = { ...usual, ...times };
  // jose fetches and chooses; when to fetch is decided here, since its own way lets nobody in once the cache is too old.
  const known = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
  });
  let fetchedAt = -Infinity;
  let askedAt = -Infinity;
  let failure: Error | undefined;
  let underWay: Promise<void> | undefined;

  const fetchOnce = async (): Promise<void> => {
    try {
      await known.reload();
      fetchedAt = Date.now();
      failure = undefined;
    } catch (error) {
      failure = error as Error;
    }
    askedAt = Date.now();
    underWay = undefined;
  };
  const fetch = (): Promise<void> => (underWay ??= fetchOnce());
  const refresh = async (): Promise<void> => {
    if (Date.now() - fetchedAt <= refreshMs) return;
    const isHeld = Date.now() - fetchedAt <= keptMs;
    if (failure && Date.now() - askedAt <= retryMs) return;
    const fetched = fetch();
    // Of a provider that did not answer just now it is enough that somebody asks again: the others need not wait with them.
    if (!failure || !isHeld) await fetched;
  };

  return async (header, token) => {
    if (header.kid === undefined) throw new errors.JWSInvalid('The token names no key');
    await refresh();
    if (Date.now() - fetchedAt > keptMs) throw failure ?? new Error('There are no keys');
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (Date.now() - askedAt > cooldownMs) await fetch();
      // It may be a key that is new: that can be said when the provider answers again.
      if (failure) throw failure;
      return known(header, token);
    }
  };
}
