/**
 * Blots out what is personal or secret, wherever it stands in what is logged. Own code of a few lines: pino's own redaction
 * names paths, to a depth that is known, and the fields come of the schemas.
 */
import { personalFields } from '../contracts/personal.ts';

/** What lets somebody in, or could be anything. */
const secrets = ['authorization', 'cookie', 'token', 'secret', 'password', 'body', 'data', 'jwe', 'person'];
const blotted: ReadonlySet<string> = new Set(
  [...personalFields(), ...secrets].map((name) => name.toLowerCase()),
);
const censor = '[redacted]';
/** What lies deeper is left out as a whole: nothing here is logged that deep. */
const deepest = 8;

/** The same without what is personal. Errors are left to the serializer that knows them. */
export function redacted(object: Record<string, unknown>): Record<string, unknown> {
  return walk(object, 0) as Record<string, unknown>;
}

function walk(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth > deepest) return censor;
  if (Array.isArray(value)) return value.map((each) => walk(each, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      blotted.has(name.toLowerCase()) ? censor : walk(each, depth + 1),
    ]),
  );
}
