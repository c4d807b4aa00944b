/**
 * The codec endpoint of the Temporal UI: lets operations read summaries, details and payloads in clear there. What
 * is personal stays sealed inside: this endpoint shows codes, dates and facts. Besides the API, not part of it.
 */
import cors from 'cors';
import express, { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { t } from '../contracts/text.ts';
import type { EncryptionCodec } from '../platform/payload-codec.ts';
import { askForToken, notForRole, unauthorised, type VerifyToken } from './access.ts';
import { ApiProblem } from './problems.ts';

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

/** `POST /decode` and `POST /encode`, in the JSON that the Temporal UI and CLI speak. */
export function codecRoutes({ codec, origin, verifyToken }: CodecAccess): Router {
  const router = Router();
  router.use(
    cors({
      origin,
      methods: ['POST'],
      allowedHeaders: ['Content-Type', 'X-Namespace', 'Authorization', 'Authorization-Extras'],
    }),
  );
  if (verifyToken) router.use(onlyOperations(verifyToken));
  router.use(express.json({ limit: '8mb' }));
  router.post(
    '/decode',
    answering((payloads) => codec.decode(payloads)),
  );
  router.post(
    '/encode',
    answering((payloads) => codec.encode(payloads)),
  );
  return router;
}

function onlyOperations(verifyToken: VerifyToken): RequestHandler {
  return async (req, _res, next) => {
    const token = /^Bearer (\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
    if (!token) throw unauthorised('token-missing', askForToken);
    const { role } = await verifyToken(token);
    if (role !== 'operations') throw notForRole(role);
    next();
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
