/** The technical log shows nothing personal, in whatever shape it is handed over. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personalFields } from '../../contracts/personal.ts';
import { createLog } from '../../platform/log.ts';

function logging() {
  const lines: string[] = [];
  return { lines, log: createLog('test', 'info', { write: (line: string) => void lines.push(line) }) };
}

describe('what is personal', () => {
  it('is found in the schemas: who somebody is, what they wish, and whatever is written in words', () => {
    const fields = personalFields();
    for (const name of [
      'bsn',
      'name',
      'birthDate',
      'postcode',
      'houseNumber',
      'living',
      'missedSignals',
      'reach',
      'address',
    ])
      expect([name, fields.has(name)]).toEqual([name, true]);
    for (const name of ['note', 'reason', 'openingAnswer', 'person', 'wishes'])
      expect([name, fields.has(name)]).toEqual([name, true]);
    for (const name of ['routeId', 'stepId', 'municipality', 'caseManager', 'problem', 'path', 'statusCode'])
      expect([name, fields.has(name)]).toEqual([name, false]);
  });

  it('never comes out, however deep it stands and beside whatever', () => {
    const value = 'Eva Vermeulen 999990019';
    const personal = fc
      .constantFrom(...personalFields(), 'authorization', 'token', 'body', 'Note')
      .map((name) => ({ [name]: value }));
    const nested = fc.letrec<{ tree: object }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        personal,
        fc.record({ outer: tie('tree'), stepId: fc.constant('debt.plan') }),
        fc.array(tie('tree'), { minLength: 1, maxLength: 2 }).map((items) => ({ items })),
      ),
    })).tree;
    fc.assert(
      fc.property(nested, (object) => {
        const { lines, log } = logging();
        log.info(object, 'something happened');
        expect(lines.join()).not.toContain('Vermeulen');
        expect(lines).toHaveLength(1);
      }),
    );
  });
});

it('codes, moments and errors come out as they are', () => {
  const { lines, log } = logging();
  const err = new Error('Temporal does not answer');
  log.warn({ routeId: 'r1', at: new Date(0), req: { id: 'a', path: '/v1/routes' }, err }, 'away');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    service: 'test',
    routeId: 'r1',
    at: '1970-01-01T00:00:00.000Z',
    req: { id: 'a', path: '/v1/routes' },
    err: { type: 'Error', message: 'Temporal does not answer' },
    msg: 'away',
  });
});
