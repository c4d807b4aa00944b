/** A value that an operation makes of a request, where that is more than its parsed body. */
import type { InputFault } from '../problems.ts';

export interface Reading {
  /** What is held against the schema. */
  readonly value: unknown;
  /** What is wrong besides: told together with what the schema says. */
  readonly faults?: readonly InputFault[];
  /** Where a part of the value came from; left out: from the body, at its path. */
  readonly placeOf?: (path: readonly PropertyKey[]) => Pick<InputFault, 'in' | 'location'>;
}

/** RFC 6901. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
