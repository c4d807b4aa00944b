/** Holds answers against the OpenAPI document: documented at all, of the documented schema, with its headers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import openApi from '../../api/openapi.json' with { type: 'json' };
import type { Answer, Caller } from '../support/api-caller.ts';

interface ResponseDoc {
  readonly description: string;
  readonly headers: Record<string, unknown>;
  readonly content?: Record<string, unknown>;
}
type Paths = Record<string, Record<string, { responses: Record<string, ResponseDoc> }>>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openApi, 'doc');

const paths = openApi.paths as unknown as Paths;

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
  const documented = operation.responses[status];
  expect(documented, `${where} is documented`).toBeDefined();
  for (const name of Object.keys(documented!.headers))
    expect(headers.get(name), `${where} has ${name}`).not.toBeNull();
  const type = headers.get('content-type')?.split(';')[0];
  const types = Object.keys(documented!.content ?? {});
  if (type === undefined) expect(types).toEqual([]);
  else expect(types).toContain(type);
  if (!type) return;
  if (status >= 400) expect(documented!.description, `${where}: ${body.type}`).toContain(`\`${body.type}\``);
  const parts = ['paths', path, method, 'responses', String(status), 'content', type, 'schema'];
  const reference = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
  const fits = ajv.getSchema(`doc#/${reference.join('/')}`)!;
  expect(fits(body) || fits.errors, `${where} fits its schema`).toBe(true);
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
