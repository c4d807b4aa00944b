import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesPage } from '../../api/bodies-page.ts';
import { documentFor } from '../../api/openapi.ts';
import { operations } from '../../api/operations.ts';
import { problemsPage } from '../../api/problems-page.ts';
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

  it('stands beside the meaning of each problem (else: npm run openapi)', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/problems.md'), 'utf8');
    expect(page === problemsPage()).toBe(true);
    expect(page).toContain('### idempotency-key-reused');
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
});
