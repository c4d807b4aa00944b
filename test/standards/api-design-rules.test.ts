/** What the API says of itself, under the ruleset of the Dutch API Design Rules: without an error, and without a warning. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentFor } from '../../api/openapi.ts';
import { operations } from '../../api/operations.ts';
import { version } from '../../api/version.ts';

const spectral = join(import.meta.dirname, '../../node_modules/@stoplight/spectral-cli/dist/index.js');
const ruleset = join(process.env.STANDARDS_DIR ?? '', 'nl-api-design-rules.yaml');
/** Nobody listens there: what the ruleset would fetch from elsewhere fails the run. */
const nowhere = 'http://127.0.0.1:1';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-design-rules-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Finding {
  readonly code: string;
  readonly path: readonly string[];
  readonly message: string;
}

/** Everything that Spectral finds in a document, hints too. */
async function findingsIn(document: unknown): Promise<string[]> {
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const args = ['lint', file, '--ruleset', ruleset, '--format', 'json', '--quiet', '--fail-severity', 'hint'];
  const env = { ...process.env, PROXY: nowhere };
  const child = spawn(process.execPath, [spectral, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const findings = out.trim() ? (JSON.parse(out) as Finding[]) : [];
  expect([code, err]).toEqual([findings.length > 0 ? 1 : 0, '']);
  return findings.map(({ code: rule, path, message }) => `${rule} at ${path.join('.')}: ${message}`);
}

describe('the OpenAPI document, as the code makes it', { timeout: 120_000 }, () => {
  const document = documentFor(operations, version);

  it('keeps to the Dutch API Design Rules', async () => {
    expect(await findingsIn(document)).toEqual([]);
  });

  it('would be found not to, with a path, a response and an example that do not', async () => {
    const { get } = document.paths!['/health']!;
    const { 200: ok, 400: bad } = get!.responses!;
    const paths = {
      '/notKebab': { get: { ...get, operationId: 'one', responses: { 200: ok, 400: bad } } },
      '/bare': { get: { ...get, operationId: 'two', responses: { 200: { description: 'Bare' }, 400: bad } } },
    };
    const { HealthView } = document.components!.schemas!;
    const schemas = {
      ...document.components!.schemas,
      HealthView: { ...HealthView, example: { status: 7 } },
    };
    const found = await findingsIn({ ...document, paths, components: { ...document.components, schemas } });
    expect(new Set(found.map((each) => each.split(' ')[0]))).toEqual(
      new Set(['nlgov:paths-kebab-case', 'nlgov:missing-header', 'oas3-valid-schema-example']),
    );
  });
});
