/** The response headers of the OpenAPI document. */

type HeaderObject = { description: string; required: boolean; schema: { type: 'string' } };
type Headers = Record<string, HeaderObject | { $ref: string }>;

const commonHeaders = {
  'API-Version': 'Full version of the API',
  'X-Request-Id': 'Id of this call in the log',
};

const headerOf = (description: string, required = true): HeaderObject => ({
  description,
  required,
  schema: { type: 'string' },
});

/** Those that every response has: described once. */
export const commonHeaderComponents = Object.entries(commonHeaders).map(
  ([name, description]) => [name, headerOf(description)] as const,
);

const refs = Object.fromEntries(
  Object.keys(commonHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

/**
 * The headers of a response: the common ones, and its own.
 * @param own - name to description
 * @param sometimes - the same, of those that not every such response has
 */
export function responseHeaders(
  own: Readonly<Record<string, string>> = {},
  sometimes: Readonly<Record<string, string>> = {},
): Headers {
  const described = (headers: Readonly<Record<string, string>>, required: boolean) =>
    Object.fromEntries(
      Object.entries(headers).map(([name, description]) => [name, headerOf(description, required)]),
    );
  return { ...refs, ...described(own, true), ...described(sometimes, false) };
}
