/** The one way to an outside system: its address, its certificates, and a token with each call where it wants one. */
import type { Destination } from '../../platform/destinations.ts';
import { accessTokens } from './access-tokens.ts';
import { lineTo, usualLimits, type Answer, type Call, type Limits } from './line.ts';
import type { Tracing } from './trace-context.ts';

/** What is asked there. */
export interface Asking extends Omit<Call, 'url'> {
  /** Behind the base URL, with its query. */
  readonly path: string;
}

export interface WayOut {
  /** For messages. */
  readonly who: string;
  /** Whatever was answered, a redirect too. @throws PartnerFailed when nothing was, or there is no token to be had */
  readonly ask: (asking: Asking) => Promise<Answer>;
}

/** @param more - for tests and tracers; left out: the usual limits, and traces by request */
export function wayOut(
  { who, baseUrl, tls, oauth2 }: Pick<Destination, 'who' | 'baseUrl' | 'tls' | 'oauth2'>,
  more: { readonly limits?: Limits; readonly tracing?: Tracing } = {},
): WayOut {
  const { limits = usualLimits } = more;
  const line = lineTo({ ...more, who, origin: new URL(baseUrl).origin, tls });
  const tokens = oauth2 && accessTokens(`the token endpoint of ${who}`, oauth2, more);

  return {
    who,
    async ask({ path, ...call }) {
      const signal = AbortSignal.timeout(limits.withinMs);
      const send = (token?: string) => {
        const headers = { ...call.headers, ...(token && { authorization: `Bearer ${token}` }) };
        return line({ ...call, headers, url: `${baseUrl}${path}` }, signal);
      };
      if (!tokens) return send();
      const token = await tokens.current(signal);
      const answer = await send(token);
      if (answer.status !== 401) return answer;
      // It may have been taken back before its time; a call that is refused so has done nothing yet.
      answer.leave();
      tokens.drop(token);
      return send(await tokens.current(signal));
    },
  };
}
