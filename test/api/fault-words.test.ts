/** What is wrong with a body is said for whoever fills in the form. */
import { expect, it } from 'vitest';
import { OfferAnswerBody, StartRouteBody } from '../../contracts/commands.ts';
import { SupporterChangeBody } from '../../contracts/cti.ts';
import { DebtProgress } from '../../contracts/debt-progress.ts';
import { checkAll, type Part } from '../../api/http/input.ts';
import { ApiProblem } from '../../api/problems.ts';

function faultsOf(schema: Part['schema'], value: unknown): string[] {
  try {
    checkAll([{ in: 'body', schema, value }]);
  } catch (error) {
    if (error instanceof ApiProblem)
      return error.errors!.map(({ location, detail }) => `${location} ${detail.nl} | ${detail.en}`);
    throw error;
  }
  return [];
}

it.each([
  ['nothing that leans to one answer', OfferAnswerBody, {}, '/accepted is verplicht | is required'],
  [
    'what a supporter who takes part has to give',
    SupporterChangeBody,
    { status: 'accepted' },
    '/consent is verplicht | is required',
  ],
  ['which values there are', DebtProgress, { what: 'x' }, /^\/what moet één zijn van .*repayment-missed/],
])('%s', (_, schema, value, said) => {
  const faults = faultsOf(schema, value);
  expect(faults).toEqual([expect.stringMatching(said)]);
});

it('no word of a programmer', () => {
  const faults = faultsOf(StartRouteBody, {
    openingAnswer: { missedSignals: '' },
    origin: 5,
    reportedAt: 'x',
  });
  expect(faults.length).toBeGreaterThan(3);
  expect(faults.join('\n')).not.toMatch(/string|undefined|array|ontving|ISO|>=/);
});
