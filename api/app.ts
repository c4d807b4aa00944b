/** The API as an Express app over its operations. It does not listen: server.ts does. */
import cors from 'cors';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { codecRoutes } from './codec.ts';
import type { Deps, OperationDeps } from './deps.ts';
import { accessLog } from './http/access-log.ts';
import { docsPage } from './docs-page.ts';
import { answerProblem, methodNotAllowed, unknownPath } from './http/errors.ts';
import { createLimits } from './http/limits.ts';
import { serve } from './http/serve.ts';
import { traced } from './http/traced.ts';
import { wellFormed } from './http/well-formed.ts';
import { documentFor } from './openapi.ts';
import { operations } from './operations.ts';

/** Made once for a version: that takes longer than all else that an app needs. */
const descriptions = new Map<string, ReturnType<typeof documentFor>>();
function descriptionOf(version: string): ReturnType<typeof documentFor> {
  const known = descriptions.get(version) ?? documentFor(operations, version);
  descriptions.set(version, known);
  return known;
}

/** Makes the app. Every response has the headers below, also that of a path which does not exist. */
export function createApp(deps: Deps): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('strict routing', true);
  app.set('trust proxy', deps.trustProxy ?? false);
  app.use(
    accessLog(
      deps.log,
      operations.map(({ path }) => path),
    ),
  );
  app.use(traced);
  if (deps.metrics) app.use(deps.metrics.measure);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use((_req, res, next) => {
    res.set({ 'API-Version': deps.version, 'Cache-Control': 'no-store' });
    next();
  });
  app.use(wellFormed);
  const limits = createLimits(deps.rateLimits);
  if (deps.codec) app.use('/codec', codecRoutes(deps.codec, limits));
  app.use(
    '/v1',
    routes({
      ...deps,
      openApi: descriptionOf(deps.version),
      limits,
    }),
  );
  app.use('/v1', docsPage());
  app.use(limits.ofAddress, unknownPath);
  app.use(answerProblem);
  return app;
}

function routes(deps: OperationDeps): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  // The description alone is for pages of anybody.
  router.all(
    '/openapi.json',
    cors({ origin: '*', methods: ['GET', 'HEAD'], exposedHeaders: ['API-Version'] }),
  );
  for (const path of new Set(operations.map((each) => each.path))) {
    const here = operations.filter((each) => each.path === path);
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    for (const operation of here) router[operation.method](pattern, ...serve(operation, deps));
    router.all(pattern, deps.limits.ofAddress, methodNotAllowed(here.map(({ method }) => method)));
  }
  return router;
}
