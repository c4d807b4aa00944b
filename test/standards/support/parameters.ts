/** What is wrong with the headers and the query of a call, by the document's parameters. */
import type { Ajv2019 } from 'ajv/dist/2019.js';
import type { Call } from '../../adapters/recording-server.ts';

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly type?: string };
}

/** Headers that are HTTP's or this product's own, so that no document lists them. */
const usualHeaders = new Set(
  'accept accept-encoding accept-language connection content-length content-type host idempotency-key traceparent user-agent'.split(
    ' ',
  ),
);

/** @param asks - whether a token is asked for, and whether a body is: what is made is made once, by its key */
export function headerFaults(
  { headers }: Call,
  parameters: readonly Parameter[],
  asks: { readonly token: boolean; readonly body: boolean },
  ajv: Ajv2019,
): string[] {
  const named = parameters.filter((each) => each.in === 'header');
  const names = new Set(named.map(({ name }) => name.toLowerCase()));
  if (asks.token) names.add('authorization');
  return [
    ...Object.keys(headers)
      .filter((name) => !usualHeaders.has(name) && !names.has(name))
      .map((name) => `header ${name} is not in the document`),
    ...named.flatMap(({ name, required, schema }) => {
      const value = headers[name.toLowerCase()];
      if (value === undefined) return required ? [`header ${name} is missing`] : [];
      return fits(schema, value, ajv) ? [] : [`header ${name} is not as the document says`];
    }),
    ...(asks.token && !/^Bearer \S+$/.test(headers.authorization ?? '')
      ? ['header authorization is missing']
      : []),
    ...(asks.body && !headers['idempotency-key'] ? ['header idempotency-key is missing'] : []),
  ];
}

export function queryFaults({ url }: Call, parameters: readonly Parameter[], ajv: Ajv2019): string[] {
  if (!url.includes('?')) return [];
  const named = parameters.filter((each) => each.in === 'query');
  if (named.length === 0) return ['the query is not expected'];
  return [...new URLSearchParams(url.split('?')[1])].flatMap(([name, value]) => {
    const parameter = named.find((each) => each.name === name);
    if (!parameter) return [`query ${name} is not in the document`];
    return fits(parameter.schema, value, ajv) ? [] : [`query ${name} is not as the document says`];
  });
}

/** Texts alone are looked at: of other types a call has none. */
const fits = (schema: Parameter['schema'], value: unknown, ajv: Ajv2019): boolean =>
  schema?.type !== 'string' || ajv.validate(schema, value);
