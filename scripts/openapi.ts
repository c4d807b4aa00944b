/** Writes the OpenAPI document, so that it can be read without a running API, and beside it what each call sends and each problem means. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodiesPage } from '../api/bodies-page.ts';
import { documentFor } from '../api/openapi.ts';
import { operations } from '../api/operations.ts';
import { problemsPage } from '../api/problems-page.ts';
import { version } from '../api/version.ts';

const root = join(import.meta.dirname, '..');
const document = documentFor(operations, version);
await writeFile(join(root, 'api', 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
await writeFile(join(root, 'docs', 'bodies.md'), bodiesPage(document));
await writeFile(join(root, 'docs', 'problems.md'), problemsPage());
