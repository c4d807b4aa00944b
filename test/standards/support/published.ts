/** A published API description, and what of it a call or a message must keep to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Call } from '../../adapters/recording-server.ts';
import { closed } from './closed.ts';
import { headerFaults, queryFaults, type Parameter } from './parameters.ts';

type Node = Record<string, unknown>;

export interface Published {
  /** What is wrong with a call; empty when nothing is. */
  readonly faultsOf: (call: Call) => string[];
  /** What is wrong with a message as one of the document's schemas. */
  readonly faultsIn: (schema: string, message: unknown) => string[];
  /** The success that the document names for an operation. */
  readonly success: (call: Call) => number | undefined;
}

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
  /** A message must be one of its schema, and nothing besides. */
  const check = (schema: string) => {
    const name = `whole ${schema}`;
    const whole = { $id: name, $ref: `doc#/components/schemas/${schema}`, unevaluatedProperties: false };
    if (!ajv.getSchema(name)) ajv.addSchema(whole);
    const validate = ajv.getSchema(name)!;
    return (message: unknown) => faultsBy(validate, message);
  };
  /** The schema of a body: where a field of it says which, that one. */
  const schemaOf = (reference: { $ref: string }, body: unknown): string => {
    const { propertyName = '', mapping = {} } = (find(reference).discriminator ?? {}) as {
      propertyName?: string;
      mapping?: Record<string, string>;
    };
    const kind = (body as Node | undefined)?.[propertyName];
    return (mapping[String(kind)] ?? reference.$ref).split('/').at(-1)!;
  };
  const asksForToken = ({ security = [] }: Node): boolean => {
    const { securitySchemes = {} } = document.components as { securitySchemes?: Record<string, Node> };
    return (security as Node[])
      .flatMap(Object.keys)
      .some((name) => securitySchemes[name]?.scheme === 'bearer');
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
      const { content } = (operation.requestBody ?? {}) as { content?: Node };
      const media = content?.[call.headers['content-type'] ?? ''] as { schema: { $ref: string } } | undefined;
      const asks = { token: asksForToken(operation), body: content !== undefined };
      return [
        ...headerFaults(call, parameters, asks, ajv),
        ...queryFaults(call, parameters, ajv),
        ...(media ? check(schemaOf(media.schema, call.body))(call.body) : []),
        ...(content && !media ? ['the media type is not one of the document'] : []),
        ...(!content && call.body !== undefined ? ['a body is not expected'] : []),
      ];
    },
  };
}

function faultsBy(validate: ValidateFunction, message: unknown): string[] {
  if (validate(message)) return [];
  return (validate.errors ?? []).map(({ instancePath, message: text, params }) =>
    [instancePath, text, (params as { unevaluatedProperty?: string }).unevaluatedProperty]
      .filter(Boolean)
      .join(' '),
  );
}
