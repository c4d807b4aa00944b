/** Tokens of one partner's authorization server, by OAuth 2 client credentials (RFC 6749, 4.4). */
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  PrivateKeyJwt,
  processClientCredentialsResponse,
  type ClientAuth,
} from 'oauth4webapi';
import { PartnerFailed } from '../../activities/ports.ts';
import type { OAuth2Client } from '../../platform/destination-files.ts';
import { tokenRefusal } from './failures.ts';
import { lineTo, unreadable, usualLimits, type Limits } from './line.ts';
import type { Tracing } from './trace-context.ts';

/** A token on its way, or one that is there. */
interface Held {
  readonly token: Promise<string>;
  /** Once it is there. */
  value?: string;
  /** Milliseconds since 1970. */
  endsAt: number;
}

/** So long before its end a token is not used any more. */
const marginMs = 30_000;
/** For one of which it is not said how long it holds. */
const holdsSeconds = 60;

/** @param who - the token endpoint, for messages: nothing of a secret, an assertion or a token ever stands in one */
export function accessTokens(
  who: string,
  { tokenUrl, clientId, proof, issuer = tokenUrl, scope, audience, tls }: OAuth2Client,
  more: { readonly limits?: Limits; readonly tracing?: Tracing } = {},
) {
  const { limits = usualLimits } = more;
  const line = lineTo({ ...more, who, origin: new URL(tokenUrl).origin, tls });
  const server = { issuer, token_endpoint: tokenUrl };
  const client = { client_id: clientId };
  let held: Held | undefined;

  async function fetchToken(): Promise<{ value: string; endsAt: number }> {
    const askedAt = Date.now();
    const prove = await proving(proof);
    const wanted = { ...(scope && { scope }), ...(audience && { audience }) };
    const response = await clientCredentialsGrantRequest(server, client, prove, wanted, {
      [allowInsecureRequests]: true, // where there is no TLS was decided with the settings
      [customFetch]: post,
    });
    const given = await processClientCredentialsResponse(server, client, response).catch(() => {
      throw unreadable(who); // without the cause: it quotes the answer
    });
    if (given.token_type !== 'bearer') throw unreadable(who);
    const { access_token: value, expires_in: seconds = holdsSeconds } = given;
    return { value, endsAt: askedAt + seconds * 1000 };
  }

  /** The library makes the call and reads the answer; the line carries them. */
  async function post(
    url: string,
    sent: { body: URLSearchParams | undefined | null; headers: Record<string, string> },
  ) {
    const call = { url, method: 'POST', headers: sent.headers, body: String(sent.body) } as const;
    const answer = await line(call, AbortSignal.timeout(limits.withinMs));
    const text = await answer.text();
    if (answer.status !== 200) throw tokenRefusal(who, answer, text);
    return new Response(text, { headers: { 'content-type': answer.header('content-type') ?? '' } });
  }

  /** One at a time: whoever comes meanwhile waits for the same. */
  function begin(): Held {
    const token = fetchToken().then((given) => {
      Object.assign(mine, given);
      return given.value;
    });
    const mine: Held = { token, endsAt: Infinity };
    token.catch(() => {
      mine.endsAt = 0;
    });
    return mine;
  }

  return {
    /** @throws PartnerFailed PartnerUnreachable when the endpoint is away, PartnerDeniedAccess when it refuses us */
    current(signal: AbortSignal): Promise<string> {
      if (!held || held.endsAt - marginMs <= Date.now()) held = begin();
      return within(signal, held.token, who);
    },
    /** Not used any more, by anybody. A newer one stays. */
    drop(token: string): void {
      if (held?.value === token) held = undefined;
    },
  };
}

/** The client's secret, or what it signs with its key. */
async function proving(proof: OAuth2Client['proof']): Promise<ClientAuth> {
  if ('key' in proof) return PrivateKeyJwt({ kid: proof.kid, key: await proof.key() });
  return proof.in === 'body' ? ClientSecretPost(proof.secret) : ClientSecretBasic(proof.secret);
}

/** Whoever waits for a token that another one asked for still has a time of their own. */
function within<T>(signal: AbortSignal, coming: Promise<T>, who: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new PartnerFailed('PartnerUnreachable', `${who} does not answer`));
    if (signal.aborted) tooLate();
    signal.addEventListener('abort', tooLate, { once: true });
    coming.then(resolve, reject);
  });
}
