/** The basis of a date is said in the language of the answer. */
import { expect, it } from 'vitest';
import { withBasisIn } from '../../api/http/basis.ts';

const answer = {
  items: [{ term: { rule: 'aftercare', basis: 'practice [assumed]' } }, { basis: 'Wgs art. 4(1)' }],
  basis: 7,
  closed: null,
};

it('what is no law in Dutch, or in English as the rule sets have it; all else as it is', () => {
  expect(withBasisIn('nl', answer)).toEqual({
    ...answer,
    items: [{ term: { rule: 'aftercare', basis: 'praktijk [aangenomen]' } }, { basis: 'Wgs art. 4(1)' }],
  });
  expect(withBasisIn('en', answer)).toBe(answer);
});
