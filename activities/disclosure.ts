/** What each step discloses of a person to its partner, and on which basis: the least that it needs. */
import type { DataKind } from '../contracts/processing.ts';
import type { StepId } from '../domain/steps.ts';

/** What a step can disclose. `identity` is the BSN, or what identifies a person without one. */
export type Disclosed =
  | 'identity'
  | 'debts'
  | 'threat'
  | 'housingForm'
  | 'birthYear'
  | 'skills'
  | 'excludedAreas'
  | 'place'
  | 'offerId'
  | 'stages'
  | 'ending'
  | 'caseManager'
  | 'handedOver';

export interface Disclosing {
  readonly fields: readonly Disclosed[];
  /** Why the partner may have them: docs/consent.md has the same, which a test holds together. */
  readonly basis: string;
  /** Of a field that rests on something else; said where it was sent. */
  readonly also?: Readonly<Partial<Record<Disclosed, string>>>;
}

/** Per step of a partner: what it gets to see. A step that is not listed discloses nothing but that it is asked. */
export type Disclosure = Readonly<Partial<Record<StepId, Disclosing>>>;

/** A step that a template adds says whom it is about, and no more: its title is known to both. */
export const ofExtraSteps: Disclosing = {
  fields: ['identity'],
  basis: 'the agreement of the region that added the step [assumed]',
};

/** What is asked without anything of the person: who carries out a step has to know of it. */
export const nothing: Disclosing = { fields: [], basis: 'Wmo 2015 art. 5.1.1 [assumed]' };

/** Why the partner may have what it was sent. @param fields - what that was */
export const basisOf = ({ basis, also = {} }: Disclosing, fields: readonly Disclosed[]): string =>
  [basis, ...fields.flatMap((field) => also[field] ?? [])].join('; ');

/** As the log of data processing names it. */
export const kindOf: Readonly<Record<Disclosed, DataKind>> = {
  identity: 'identity',
  debts: 'debts',
  threat: 'threat',
  housingForm: 'housing-form',
  birthYear: 'birth-year',
  skills: 'skills',
  excludedAreas: 'excluded-areas',
  place: 'place',
  offerId: 'offer',
  stages: 'file',
  ending: 'file',
  caseManager: 'file',
  handedOver: 'file',
};
