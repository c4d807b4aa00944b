/** Writes the OpenAPI document to api/openapi.json, so that it can be read without a running API. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentFor } from '../api/openapi.ts';
import { operations } from '../api/operations.ts';
import { version } from '../api/version.ts';

const file = join(import.meta.dirname, '..', 'api', 'openapi.json');
await writeFile(file, `${JSON.stringify(documentFor(operations, version), null, 2)}\n`);
