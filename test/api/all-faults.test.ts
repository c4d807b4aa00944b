/** All that is wrong with an input is said at once, also where it does not say what it is. */
import { expect, it } from 'vitest';
import { checkAll } from '../../api/http/input.ts';
import { ApiProblem } from '../../api/problems.ts';
import { PartnerEvent } from '../../contracts/partner-event.ts';

function placesOf(value: unknown): string[] {
  try {
    checkAll([{ in: 'body', schema: PartnerEvent, value }]);
  } catch (error) {
    if (error instanceof ApiProblem)
      return error.errors!.map(({ location, detail }) => `${location} ${detail.en}`);
    throw error;
  }
  return [];
}

it.each([{}, { type: 'nl.uitstroomroutes.no-such-thing.v1' }])(
  'of an event of no known type: %j',
  (event) => {
    const places = placesOf(event);
    expect(places.map((each) => each.split(' ')[0])).toEqual([
      '/type',
      '/specversion',
      '/id',
      '/source',
      '/subject',
      '/time',
      '/data',
    ]);
    expect(places.slice(1).every((each) => each.includes('is required'))).toBe(true);
  },
);
