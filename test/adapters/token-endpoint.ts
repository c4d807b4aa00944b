/** A partner behind OAuth 2: its system, and the authorization server whose tokens it takes. */
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { webServer } from './listening.ts';
import { recordingServer, type Answer } from './recording-server.ts';

export const clientId = 'outflow';
/** With what has to be encoded in a header: RFC 6749, 2.3.1. */
export const secret = 'a secret: of the tests, alone%';

/** What the authorization server was asked. */
export interface TokenCall {
  readonly authorization: string | undefined;
  readonly traceparent: unknown;
  readonly form: Readonly<Record<string, string>>;
}

/** Its nth answer, from one on; `away` breaks the connection, `never` leaves it open. */
export type TokenAnswer = (nth: number) => Answer | 'away' | 'never';

/** Its nth token. */
export const tokenAnswer = (nth: number, more: object = { expires_in: 3600 }): Answer => ({
  status: 200,
  body: { access_token: `token-${nth}`, token_type: 'Bearer', ...more },
});

/** @param answer - what the authorization server says @param takes - whether the partner's system takes a token */
export async function guardedPartner(
  answer: TokenAnswer = (nth) => tokenAnswer(nth),
  takes: (token: string) => boolean = (token) => token.startsWith('token-'),
) {
  const asked: TokenCall[] = [];
  const server = await webServer((req, res) => {
    void text(req).then((body) => {
      const { authorization, traceparent } = req.headers;
      asked.push({ authorization, traceparent, form: Object.fromEntries(new URLSearchParams(body)) });
      const given = answer(asked.length);
      if (given === 'never') return undefined;
      if (given === 'away') return req.socket.destroy();
      res.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
      return res.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body));
    });
  });
  const partner = await recordingServer(({ headers }) => ({
    status: takes(headers.authorization?.replace(/^Bearer /, '') ?? '') ? 202 : 401,
  }));
  onTestFinished(() => partner.close());
  return { tokenUrl: `${server}/token`, asked, url: partner.url, calls: partner.calls };
}
