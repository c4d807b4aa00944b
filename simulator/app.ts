import express, { type Express } from 'express';
import type { JWK } from 'jose';
import type { Logger } from 'pino';
import { tokenEndpoint, tokenGuard, type ClientTokensOptions } from './client-tokens.ts';
import { controlRoutes, type ControlRoutesOptions } from './control-routes.ts';
import { notificationRoutes } from './notifications.ts';
import { partnerRoutes, type PartnerRoutesOptions } from './partner-routes.ts';
import { CallRefused, problemAnswers, unknownPath } from './problems.ts';

export interface AppOptions extends ControlRoutesOptions, PartnerRoutesOptions {
  /** The public keys of the identity provider and of the partners; nothing until the simulator is ready. */
  readonly publicKeys: () => { identity: JWK; partners: JWK } | undefined;
  /** Who may call the partners and the notification service; left out: everybody. */
  readonly clientTokens?: ClientTokensOptions | undefined;
  readonly log: Logger;
}

/** Everything the simulator serves: the partners, the control panel, the keys of both the identity provider and the partners. */
export function createApp({ publicKeys, clientTokens, log, ...options }: AppOptions): Express {
  const app = express().disable('x-powered-by');
  app.use((_req, _res, next) => {
    if (!publicKeys())
      throw new CallRefused({ status: 503, kind: 'starting', detail: 'The journal is being read.' });
    next();
  });
  app.use(express.json({ limit: '1mb' }));
  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/identity/jwks.json', (_req, res) => {
    res.json({ keys: [publicKeys()?.identity] });
  });
  app.get('/partners/jwks.json', (_req, res) => {
    res.json({ keys: [publicKeys()?.partners] });
  });
  app.use('/control', controlRoutes(options));
  if (clientTokens) {
    app.post('/identity/token', tokenEndpoint(clientTokens));
    app.post('/{*path}', tokenGuard(clientTokens));
  }
  app.use(notificationRoutes());
  app.use(partnerRoutes(options));
  app.use(unknownPath);
  app.use(problemAnswers(log));
  return app;
}
