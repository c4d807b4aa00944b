/** A published API description, and what of it a call or a message must keep to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Call } from '../../adapters/recording-server.ts';
import { closed } from './closed.ts';

type Node = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

export interface Published {
  /** What is wrong with a call; empty when nothing is. */
  readonly faultsOf: (call: Call) => string[];
  /** What is wrong with a message as one of the document's schemas. */
  readonly faultsIn: (schema: string, message: unknown) => string[];
  /** The success that the document names for an operation. */
  readonly success: (call: Call) => number | undefined;
}

/** Headers that are HTTP's or this product's own, so that no document lists them. */
const usualHeaders = new Set(
  'accept accept-encoding accept-language connection content-length content-type host idempotency-key sec-fetch-mode user-agent'.split(
    ' ',
  ),
);

/** @param file - name of the document in the folder of standards */
export function published(file: string): Published {
  const document = parse(readFileSync(join(process.env.STANDARDS_DIR ?? '', file), 'utf8')) as Node;
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(closed(document), 'doc');

  const find = (node: unknown): Node => {
    const { $ref } = node as { $ref?: string };
    if (!$ref) return node as Node;
    return $ref
      .slice(2)
      .split('/')
      .reduce<Node>((at, key) => at[key] as Node, document);
  };
  const operationOf = ({ method, url }: Pick<Call, 'method' | 'url'>): Node | undefined => {
    const item = (document.paths as Node)[url.split('?')[0]!] as Node | undefined;
    return item?.[method.toLowerCase()] as Node | undefined;
  };
  const check = (schema: string) => {
    const validate = ajv.getSchema(`doc#/components/schemas/${schema}`);
    if (!validate) throw new Error(`${file} has no schema ${schema}`);
    return (message: unknown) => faultsBy(validate, message);
  };

  return {
    faultsIn: (schema, message) => check(schema)(message),
    success: (call) => {
      const { responses = {} } = operationOf(call) ?? {};
      return Object.keys(responses as Node)
        .map(Number)
        .find((status) => status >= 200 && status < 300);
    },
    faultsOf: (call) => {
      const operation = operationOf(call);
      if (!operation) return [`there is no ${call.method} ${call.url}`];
      const parameters = ((operation.parameters ?? []) as unknown[]).map(find) as unknown as Parameter[];
      const content = (operation.requestBody as { content?: Node } | undefined)?.content ?? {};
      const media = content[call.headers['content-type'] ?? ''] as { schema: { $ref: string } } | undefined;
      return [
        ...headerFaults(call, parameters),
        ...(call.url.includes('?') ? ['the query is not expected'] : []),
        ...(media
          ? check(media.schema.$ref.split('/').at(-1)!)(call.body)
          : ['the media type is not one of the document']),
      ];
    },
  };
}

function headerFaults({ headers }: Call, parameters: readonly Parameter[]): string[] {
  const named = parameters.filter((each) => each.in === 'header');
  const names = new Set(named.map(({ name }) => name.toLowerCase()));
  return [
    ...Object.keys(headers)
      .filter((name) => !usualHeaders.has(name) && !names.has(name))
      .map((name) => `header ${name} is not in the document`),
    ...named
      .filter(({ name, required }) => required && headers[name.toLowerCase()] === undefined)
      .map(({ name }) => `header ${name} is missing`),
    ...(headers['idempotency-key'] ? [] : ['header idempotency-key is missing']),
  ];
}

function faultsBy(validate: ValidateFunction, message: unknown): string[] {
  if (validate(message)) return [];
  return (validate.errors ?? []).map(({ instancePath, message: text, params }) =>
    [instancePath, text, (params as { unevaluatedProperty?: string }).unevaluatedProperty]
      .filter(Boolean)
      .join(' '),
  );
}
