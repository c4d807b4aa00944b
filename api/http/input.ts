/** Checks what comes in against its schema, and says everything that is wrong at once, without repeating it. */
import type { z } from 'zod';
import type { Problem } from '../../contracts/problem.ts';
import { ApiProblem } from '../problems.ts';

type InputError = NonNullable<Problem['errors']>[number];
type Issue = z.core.$ZodIssue;

export interface Part {
  readonly in: InputError['in'];
  readonly schema: z.ZodType | undefined;
  readonly value: unknown;
}

/**
 * Checks all parts of a call.
 * @returns the parsed values, in the order of the parts
 * @throws ApiProblem invalid-input, with every fault of every part
 */
export function checkAll(parts: readonly Part[]): unknown[] {
  const errors: InputError[] = [];
  const values = parts.map(({ in: place, schema, value }) => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    errors.push(...errorsOf(result.error.issues, place));
    return undefined;
  });
  if (errors.length > 0) {
    const count = errors.length === 1 ? 'One thing is' : `${errors.length} things are`;
    throw new ApiProblem('invalid-input', `${count} wrong with the input; see errors.`, { errors });
  }
  return values;
}

function errorsOf(issues: readonly Issue[], place: InputError['in']): InputError[] {
  return issues
    .flatMap((issue) => unfolded(issue))
    .map((issue) => ({
      in: place,
      location: place === 'body' ? pointer(issue.path) : issue.path.map(String).join('.'),
      code: issue.code,
      detail: detailOf(issue),
    }));
}

/** A union fails with the faults of each of its forms: those of the form that was meant are of use. */
function unfolded(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [nearest] = [...issue.errors].sort((a, b) => distance(a) - distance(b));
  return nearest!.flatMap((inner) => unfolded({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** How far an input is from a form: another literal or a property that the form has not say most. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'invalid_value' && issue.values.length === 1) return sum + 9;
    return sum + (issue.code === 'unrecognized_keys' ? 1 + 3 * issue.keys.length : 1);
  }, 0);
}

/** zod's messages repeat no values; names of unknown properties could be anything, so only plain ones are said. */
function detailOf(issue: Issue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const named = issue.keys.filter((key) => /^[a-z][A-Za-z]{0,39}$/.test(key));
  return `Not known here: ${named.length > 0 ? named.slice(0, 10).join(', ') : 'a property'}`;
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
