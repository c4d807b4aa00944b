/** What is wrong with a body is said for whoever fills in the form. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { faultCodes } from '../../api/http/fault-codes.ts';
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

it.each([
  [
    'how many there have to be',
    z.object({ n: z.int().min(1).max(5) }),
    { n: 0 },
    '/n moet ten minste 1 zijn | must be 1 at least',
  ],
  [
    'how many there may be',
    z.object({ n: z.int().min(1).max(5) }),
    { n: 9 },
    '/n mag hooguit 5 zijn | may be 5 at the most',
  ],
  [
    'what is more than nothing',
    z.object({ n: z.number().positive() }),
    { n: 0 },
    '/n moet meer dan 0 zijn | must be more than 0',
  ],
  [
    'which step there is',
    z.object({ track: z.enum(['cti', 'debt']) }),
    { track: 'x' },
    '/track moet één zijn van cti, debt | must be one of cti, debt',
  ],
])('%s', (_, schema, value, said) => {
  expect(faultsOf(schema, value)).toEqual([said]);
});

it('every code that a schema can give stands in the page about problems', () => {
  const page = readFileSync('docs/problems.md', 'utf8');
  for (const code of Object.keys(faultCodes)) expect(page).toContain(`| \`${code}\` |`);
});

it('no word of a programmer', () => {
  const faults = faultsOf(StartRouteBody, {
    openingAnswer: { missedSignals: '' },
    origin: 5,
    reportedAt: 'x',
  });
  expect(faults.length).toBeGreaterThan(3);
  expect(faults.join('\n')).not.toMatch(
    /string|undefined|array|ontving|ISO|>=|optie|option|Te klein|Too small/,
  );
});
