/**
 * The partner systems and the identity provider, played over real HTTP on one port. An outside party: it shares
 * nothing with the product but the contracts. FOR DEVELOPMENT AND TESTS ONLY.
 */
import { join } from 'node:path';
import type { Express } from 'express';
import { pino, type Logger } from 'pino';
import { createAnswering } from './answering.ts';
import { createApp } from './app.ts';
import type { Behaviour } from './behaviours.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { createBook, isOf, withoutData, type Line } from './book.ts';
import type { PartnerClient } from './client-tokens.ts';
import { deliver } from './delivery.ts';
import { createDesk } from './desk.ts';
import { loadSigningKey, signToken, type SigningKey, type TokenRequest } from './identity.ts';
import { openJournal, type Journal } from './journal.ts';
import { signPayload } from './payload-signature.ts';
import { ledgerOf, type Ledger } from './ledger.ts';
import { listen } from './listen.ts';

export interface SimulatorOptions {
  /** Where journal and signing key are kept. */
  readonly dataDir: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** How long a partner usually takes; 400 when left out. */
  readonly delayMs?: number;
  /** At most so much is added per request, always the same for the same request; 0 when left out. */
  readonly jitterMs?: number;
  /** When left out: `{url}/identity`. */
  readonly issuer?: string;
  readonly audience?: string;
  /** The partners sign what they tell; their key is at `{url}/partners/jwks.json`. */
  readonly signsEvents?: boolean;
  /** The clock that news goes by, in milliseconds since 1970; left out: that of the machine. */
  readonly clock?: () => number;
  /** Replaces the rules of an earlier run; left out, those still hold. */
  readonly behaviours?: readonly Behaviour[];
  /** With it the partners ask for a token, and `{url}/identity/token` has one for this client; without it for none. */
  readonly client?: PartnerClient;
  readonly log?: Logger;
}

type Who = Pick<TokenRequest, 'role' | 'subject' | 'municipality' | 'party' | 'route'> &
  Partial<Pick<TokenRequest, 'expiresInSeconds'>>;

export interface RunningSimulator {
  /** Without a slash at the end; a partner is at `{url}/{party}`, the keys at `{url}/identity/jwks.json`. */
  readonly url: string;
  readonly issuer: string;
  readonly audience: string;
  /** A token of this identity provider; it holds for an hour unless said otherwise. */
  token(who: Who): Promise<string>;
  close(): Promise<void>;
}

export interface Simulator {
  readonly app: Express;
  /** Reads the journal, goes on with open requests and listens. Once per simulator. */
  start(): Promise<RunningSimulator>;
  /** The same as `GET /control/ledger`. */
  ledger(routeId?: string): Ledger;
  /** The same as `PUT /control/behaviours`. */
  setBehaviours(rules: readonly Behaviour[]): Promise<void>;
}

const partnerTokenSeconds = 300;
const personTokenSeconds = 3600;

/** A simulator that does nothing yet; `start` makes it listen. */
export function createSimulator({
  dataDir,
  port = 0,
  host = '127.0.0.1',
  delayMs = 400,
  jitterMs = 0,
  audience = 'outflow-routes',
  signsEvents = false,
  clock = Date.now,
  log = pino({ level: 'silent' }),
  ...options
}: SimulatorOptions): Simulator {
  const book = createBook();
  const turnedAway = new Map<string, number>();
  /** By request; a partner that was started anew answers without. */
  const traces = new Map<string, string>();
  let started: { key: SigningKey; partnerKey: SigningKey; issuer: string; journal: Journal } | undefined;

  function running() {
    if (!started) throw new Error('the simulator is not started');
    return started;
  }
  async function record(line: Line): Promise<void> {
    const { journal } = running();
    book.apply(line);
    await journal.append(line);
  }
  const tokenFor: RunningSimulator['token'] = async (who) => {
    const { key, issuer } = running();
    return signToken({ expiresInSeconds: personTokenSeconds, ...who, key, issuer, audience });
  };
  const sendAnswer = createAnswering({
    book,
    record,
    now: () => new Date(clock()).toISOString(),
    send: ({ party, ...parcel }) => {
      const { data } = parcel.event;
      const traceparent = 'requestId' in data ? traces.get(data.requestId) : undefined;
      const who = { role: 'partner', subject: party, party, expiresInSeconds: partnerTokenSeconds } as const;
      const sign = (body: string) => signPayload(body, running().partnerKey, new Date(clock()));
      return deliver({
        ...parcel,
        ...(traceparent && { traceparent }),
        token: () => tokenFor(who),
        ...(signsEvents && { sign }),
        log,
      });
    },
  });
  const desk = createDesk({ book, record, sendAnswer, delayMs, jitterMs, log });
  async function setBehaviours(rules: readonly Behaviour[]): Promise<void> {
    await record({ kind: 'behaviours', behaviours: [...rules] });
    desk.reschedule();
  }
  async function erase(routeId: string, party: PartnerParty): Promise<void> {
    await record({ kind: 'erased', routeId, party });
    await running().journal.rewrite((line) =>
      line.kind === 'accepted' &&
      isOf({ routeId: line.request.routeId, party: line.party }, { routeId, party })
        ? { ...line, request: withoutData(line.request) }
        : line,
    );
  }
  const ledger = (routeId?: string) => ledgerOf(book, turnedAway, routeId);
  const turnAway = (requestId: string) => {
    turnedAway.set(requestId, (turnedAway.get(requestId) ?? 0) + 1);
  };

  const hearTrace = (requestId: string, traceparent: string) => void traces.set(requestId, traceparent);

  const publicKeys = () =>
    started && { identity: started.key.publicJwk, partners: started.partnerKey.publicJwk };
  const clientTokens = options.client && { client: options.client, provider: running };
  const app = createApp({
    book,
    desk,
    ledger,
    setBehaviours,
    delayMs,
    turnAway,
    hearTrace,
    erase,
    publicKeys,
    clientTokens,
    log,
  });

  async function start(): Promise<RunningSimulator> {
    if (started) throw new Error('the simulator was started already');
    const key = await loadSigningKey(dataDir);
    const partnerKey = await loadSigningKey(dataDir, 'partners');
    // The port first: whoever has it also has the journal.
    const { server, url } = await listen(app, { port, host });
    const issuer = options.issuer ?? `${url}/identity`;
    try {
      const { lines, journal } = await openJournal(join(dataDir, 'simulator', 'journal.jsonl'));
      for (const line of lines) book.apply(line);
      started = { key, partnerKey, issuer, journal };
      if (options.behaviours) await setBehaviours(options.behaviours);
      else desk.reschedule();
    } catch (cause) {
      server.close();
      throw cause;
    }
    const { journal } = started;
    async function close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, desk.stop()]);
      await journal.close();
    }
    return { url, issuer, audience, token: tokenFor, close };
  }

  return { app, start, ledger, setBehaviours };
}
