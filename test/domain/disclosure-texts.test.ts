/** On which basis a partner gets to see something is said to a Dutch person in Dutch. */
import { expect, it } from 'vitest';
import { disclosures } from '../../activities/create-activities.ts';
import { basisText } from '../../domain/basis-texts.ts';

const bases = Object.values(disclosures).flatMap((disclosure) =>
  Object.values(disclosure).flatMap((each) => (each ? [each.basis, ...Object.values(each.also ?? {})] : [])),
);

it.each([...new Set(bases)])('%s', (basis) => {
  const said = basisText(basis, 'nl');
  expect(said).not.toMatch(/\b(the|and|of|task|consent|assumed|that|own contract)\b/);
  expect(basisText(basis, 'en')).toBe(basis);
});
