/** Holds answers against the OpenAPI document: documented at all, of the documented schema, with its headers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { problemTypes } from '../../api/problems.ts';
import { documentFor } from '../../api/openapi.ts';
import { operations } from '../../api/operations.ts';
import { version } from '../../api/version.ts';
import type { Answer, Caller } from '../support/api-caller.ts';

interface ResponseDoc {
  readonly headers: Record<string, unknown>;
  readonly content?: Record<string, unknown>;
}
/** A response in its place, or where it stands: with what is said of it here. */
type Named = { readonly description: string } & (ResponseDoc | { readonly $ref: string });
type Paths = Record<string, Record<string, { responses: Record<string, Named> }>>;

/** As the code makes it: the one in the repository is held to be the same by openapi.test.ts. */
const openApi = documentFor(operations, version);
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openApi, 'doc');

const paths = openApi.paths as unknown as Paths;
const responses = openApi.components!.responses as unknown as Record<string, ResponseDoc>;

/** Fails the test when an answer is not as the document says. */
export function expectDocumented(method: string, calledPath: string, answer: Answer): void {
  const { status, headers, body } = answer;
  const pathOnly = calledPath.split('?')[0]!;
  const path = Object.keys(paths).find((each) =>
    new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathOnly),
  );
  if (!path) return expect(status).toBe(404);
  const where = `${method} ${path} ${status}`;
  const operation = paths[path]![method];
  if (!operation) return expect(status).toBe(405);
  const named = operation.responses[status]!;
  expect(named, `${where} is documented`).toBeDefined();
  const { at, documented } = found(['paths', path, method, 'responses', String(status)], named);
  for (const name of Object.keys(documented.headers))
    expect(headers.get(name), `${where} has ${name}`).not.toBeNull();
  const type = headers.get('content-type')?.split(';')[0];
  const types = Object.keys(documented.content ?? {});
  if (type === undefined) expect(types).toEqual([]);
  else expect(types).toContain(type);
  if (!type) return;
  const kind = status >= 400 ? String(body.type).slice(problemTypes.length) : undefined;
  if (kind) expect(named.description, `${where}: ${kind}`).toContain(`\`${kind}\``);
  const reference = [...at, 'content', type, 'schema'].map((part) =>
    encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  const fits = ajv.getSchema(`doc#/${reference.join('/')}`)!;
  expect(fits(body) || fits.errors, `${where} fits its schema`).toBe(true);
}

/** The response that is meant, and where it stands in the document. */
function found(place: string[], named: Named): { at: string[]; documented: ResponseDoc } {
  if (!('$ref' in named)) return { at: place, documented: named };
  const at = named.$ref.slice(2).split('/');
  return { at, documented: responses[at.at(-1)!]! };
}

/** A caller whose every answer is held against the document. */
export function documented(caller: Caller): Caller {
  const held = (method: string, path: string, answer: Answer) => {
    expectDocumented(method, path, answer);
    return answer;
  };
  return {
    get: async (path, headers) => held('get', path, await caller.get(path, headers)),
    post: async (path, body, headers) => held('post', path, await caller.post(path, body, headers)),
    put: async (path, body, headers) => held('put', path, await caller.put(path, body, headers)),
    patch: async (path, body, headers) => held('patch', path, await caller.patch(path, body, headers)),
    delete: async (path, headers) => held('delete', path, await caller.delete(path, headers)),
  };
}
