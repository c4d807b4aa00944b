/** The response headers of the OpenAPI document. */

type HeaderObject = { description: string; required: true; schema: { type: 'string' } };
type Headers = Record<string, HeaderObject | { $ref: string }>;

const commonHeaders = {
  'API-Version': 'Full version of the API',
  'X-Request-Id': 'Id of this call in the log',
};

const headerOf = (description: string): HeaderObject => ({
  description,
  required: true,
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
 */
export function responseHeaders(own: Readonly<Record<string, string>> = {}): Headers {
  const described = Object.entries(own).map(([name, description]) => [name, headerOf(description)] as const);
  return { ...refs, ...Object.fromEntries(described) };
}
