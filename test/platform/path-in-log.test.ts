import { describe, expect, it } from 'vitest';
import { pathInLog } from '../../api/http/path-in-log.ts';

const shortened = pathInLog([
  '/routes/{routeId}/steps/{stepId}/redo',
  '/routes/{routeId}/offers/{offerId}/answer',
]);
const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';

describe('a path in the log', () => {
  it('has the words of the API, and the ids of routes and steps', () => {
    const path = `/v1/routes/${routeId}/steps/intake.skills/redo`;
    expect(shortened(path)).toBe(path);
    expect(shortened('/v1/routes?caseManager=cm-17')).toBe('/v1/routes');
  });

  it.each([
    'Eva',
    'vermeulen',
    '999990019',
    '7531ZQ',
    '%C3%ABva',
    'eva.vermeulen',
    '1953',
    '{routeId}Eva',
    'x'.repeat(5000),
  ])('has nothing else that somebody wrote there: %s', (word) => {
    expect(shortened(`/v1/routes/${word}/person`)).toBe('/v1/routes/…/…');
    expect(shortened(`/${word}`)).toBe('/…');
  });
});
