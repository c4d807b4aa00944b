/**
 * The codec endpoint of the Temporal UI: lets operations read summaries, details and payloads in clear there. What
 * is personal stays sealed inside: this endpoint shows codes, dates and facts. Besides the API, not part of it.
 */
import cors from 'cors';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { t } from '../contracts/text.ts';
import { EncryptionCodec } from '../platform/payload-codec.ts';
import type { PayloadKeys } from '../platform/payload-keys.ts';
import { SettingsError, type ApiSettings } from '../platform/settings.ts';
import type { VerifyToken } from './access.ts';
import { admit } from './http/admit.ts';
import { readBody } from './http/body.ts';
import { methodNotAllowed } from './http/errors.ts';
import type { Limits } from './http/limits.ts';
import { ApiProblem } from './problems.ts';

/** As much as the largest page of history that the UI asks for at once. */
const limitBytes = 8 * 1024 * 1024;
const preflightSeconds = 600;
const thisMachine = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

export interface CodecAccess {
  readonly codec: EncryptionCodec;
  /** The only page that may call it: where the Temporal UI is. */
  readonly origin: string;
  /** Left out: anybody on this machine, for a development UI that has no sign-in. */
  readonly verifyToken?: VerifyToken;
}

const Payloads = z.object({
  // The CLI leaves an empty list out.
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), z.base64()).optional(), data: z.base64().optional() }))
    .default([]),
});

/**
 * The endpoint that the settings ask for; none without CODEC_ORIGIN.
 * @throws SettingsError everybody on the network could read along
 */
export function codecAccessOf(
  { CODEC_ORIGIN, CODEC_ACCESS, HOST }: ApiSettings,
  keys: PayloadKeys,
  verifyToken: VerifyToken,
): CodecAccess | undefined {
  if (!CODEC_ORIGIN) return undefined;
  if (CODEC_ACCESS === 'open' && !thisMachine.test(HOST))
    throw new SettingsError(
      'Wrong setting: CODEC_ACCESS: open is for a HOST that this machine alone can reach; use token',
    );
  const { origin } = new URL(CODEC_ORIGIN);
  // In a container the address says nothing: who publishes its port says who can reach it.
  return { codec: new EncryptionCodec(keys), origin, ...(CODEC_ACCESS === 'token' && { verifyToken }) };
}

/** `POST /decode` and `POST /encode`, in the JSON that the Temporal UI and CLI speak. */
export function codecRoutes({ codec, origin, verifyToken }: CodecAccess, limits: Limits): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use(onlyPageAt(origin));
  router.use(
    cors({
      origin,
      methods: ['POST'],
      allowedHeaders: ['Content-Type', 'X-Namespace', 'Authorization', 'Authorization-Extras'],
      maxAge: preflightSeconds,
    }),
  );
  if (verifyToken) router.use(admit(['operations'], { verifyToken, limits }));
  const paths = { '/decode': codec.decode.bind(codec), '/encode': codec.encode.bind(codec) };
  for (const [path, act] of Object.entries(paths)) {
    router.post(path, readBody({ schema: Payloads, limitBytes }), answering(act));
    router.all(path, methodNotAllowed(['post']));
  }
  return router;
}

/**
 * A browser says which page calls; one that took on this machine's name says its own. Whoever names none is no page, such as
 * the CLI. Other pages get no header by which their browser would let them read the answer.
 */
function onlyPageAt(origin: string): RequestHandler {
  return (req, res, next) => {
    const from = req.get('origin');
    if (from === undefined || from === origin) {
      next();
      return;
    }
    res.vary('Origin');
    throw new ApiProblem(
      'forbidden',
      t(
        'Alleen de Temporal UI mag dit van een pagina vragen.',
        'Of pages, only the Temporal UI may ask this.',
      ),
    );
  };
}

function answering(act: EncryptionCodec['decode']): RequestHandler {
  return async (req, res) => {
    const asked = Payloads.safeParse(req.body);
    if (!asked.success)
      throw new ApiProblem('malformed-request', t('Dit zijn geen payloads.', 'These are no payloads.'));
    const payloads = await act(
      asked.data.payloads.map(({ metadata = {}, data = '' }) => ({
        metadata: mapped(metadata, (text) => Buffer.from(text, 'base64')),
        data: Buffer.from(data, 'base64'),
      })),
    ).catch((cause: unknown) => {
      throw new ApiProblem(
        'malformed-request',
        t(
          'Een payload is niet te lezen met de sleutels die hier zijn.',
          'A payload can not be read with the keys that are here.',
        ),
        { cause },
      );
    });
    res.json({
      payloads: payloads.map(({ metadata, data }) => ({
        metadata: mapped(metadata ?? {}, base64),
        data: base64(data ?? new Uint8Array()),
      })),
    });
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function mapped<A, B>(record: Readonly<Record<string, A>>, make: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]));
}
