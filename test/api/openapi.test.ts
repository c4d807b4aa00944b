import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesPage } from '../../api/bodies-page.ts';
import { documentFor } from '../../api/openapi.ts';
import { operations } from '../../api/operations.ts';
import { version } from '../../api/version.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

const file = join(import.meta.dirname, '../../api/openapi.json');

describe('the OpenAPI document', () => {
  let alone: ApiAlone;
  beforeAll(async () => {
    alone = await startApiAlone();
  });
  afterAll(() => alone.stop());

  it('in the repository is the current one (else: npm run openapi)', async () => {
    const current = `${JSON.stringify(documentFor(operations, version), null, 2)}\n`;
    expect((await readFile(file, 'utf8')) === current).toBe(true);
  });

  it('is the source of what the documentation says of each body (else: npm run openapi)', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/bodies.md'), 'utf8');
    expect(page === bodiesPage(documentFor(operations, version))).toBe(true);
    expect(page).toContain('## PATCH /routes/{routeId}/supporters/{supporterId}');
  });

  it('is readable by anyone from any origin, and is the one in the repository', async () => {
    const response = await fetch(`${alone.url}/v1/openapi.json`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual(JSON.parse(await readFile(file, 'utf8')));
  });

  it('names each operation once', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('and every answer goes with the headers that keep a browser and a cache out', async () => {
    for (const path of ['/v1/health', '/v1/nothing', '/v1/routes']) {
      const { headers } = await fetch(`${alone.url}${path}`);
      expect(Object.fromEntries(headers)).toMatchObject({
        'api-version': version,
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-request-id': expect.any(String),
      });
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });
});
