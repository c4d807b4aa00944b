import { inspect } from 'node:util';
import { expect } from 'vitest';
import { PartnerFailed } from '../../activities/ports.ts';

/** What a call fails by. */
export const failureOf = (sending: Promise<unknown>): Promise<PartnerFailed> =>
  sending.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(PartnerFailed);
      return error as PartnerFailed;
    },
  );

/** Everything that stands in an error: its message, causes, stacks and whatever else it carries. */
export const allOf = (error: unknown): string =>
  inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });
