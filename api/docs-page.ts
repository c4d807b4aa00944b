/**
 * `GET /v1/docs`: the OpenAPI document as a page for people. All of it comes from here: the page calls nobody else, and its
 * policy would not let it.
 */
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { Router } from 'express';
import { methodNotAllowed } from './http/errors.ts';

const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Swagger UI draws its icons as data, and sets styles in its elements; it runs no text as code. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

// Addresses are relative to /v1, wherever that is: a proxy may have put it under another path.
const page = `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Uitstroomroutes: de API</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<style>.swagger-ui .info table { display: block; max-height: 24em; overflow: auto }</style>
</head>
<body>
<noscript>Deze pagina heeft JavaScript nodig. De beschrijving zelf: <a href="openapi.json">openapi.json</a>.</noscript>
<main id="api" aria-label="Beschrijving van de API"></main>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

/** What is tried out on the page goes to the API that the page came from, not to the one that the document names. */
const start = `fetch('openapi.json')
  .then((response) => response.json())
  .then((spec) => {
    SwaggerUIBundle({
      spec: { ...spec, servers: [{ url: new URL('.', location.href).href.replace(/\\/$/, ''), description: 'Deze API' }] },
      dom_id: '#api',
      docExpansion: 'none',
      defaultModelsExpandDepth: 0,
      filter: true,
      validatorUrl: null,
    });
  })
  .catch(() => {
    document.getElementById('api').textContent = 'De beschrijving van de API is nu niet op te halen. Laad de pagina opnieuw.';
  });
`;

/** The page and its files. */
export function docsPage(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/docs', (_req, res) => {
    res.set({ 'Content-Security-Policy': policy, 'Content-Language': 'nl' }).type('html').send(page);
  });
  router.get('/docs/start.js', (_req, res) => {
    res.type('js').send(start);
  });
  for (const file of files)
    router.get(`/docs/${file}`, (_req, res) => {
      res.sendFile(join(swaggerUi, file), { cacheControl: false, lastModified: false });
    });
  router.all(['/docs', '/docs/start.js', ...files.map((file) => `/docs/${file}`)], methodNotAllowed(['get']));
  return router;
}
