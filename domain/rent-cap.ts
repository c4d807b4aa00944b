/**
 * Whether the rents of a housing form lie below the cap up to which a home is suitably allocated (Woningwet art. 46,
 * passend toewijzen). The caps are dated data by age; of a person only the birth year is known.
 */
import type { HousingForm } from '../contracts/housing-form.ts';
import type { RentCap } from '../contracts/rent-cap.ts';
import { holdsOn } from './housing-catalogue.ts';

/** `partly`: there are homes of this form below the cap, and others above it. */
export type RentVerdict = 'within' | 'partly' | 'above' | 'unknown';

export interface RentFinding {
  readonly verdict: RentVerdict;
  /** The only cap that can hold; left out where the age leaves more than one. */
  readonly cap?: RentCap;
  /** Why it is not known. */
  readonly unknown?: 'no-birth-year' | 'birthday-decides' | 'no-cap';
}

interface Tenant {
  readonly birthYear?: number | undefined;
  /** YYYY-MM-DD */
  readonly day: string;
}

/**
 * @param caps - of any days and ages
 * @returns a verdict that is true whichever age the birth year leaves open, or why there is none
 */
export function rentFinding(
  { rent }: Pick<HousingForm, 'rent'>,
  caps: readonly RentCap[],
  { birthYear, day }: Tenant,
): RentFinding {
  const today = caps.filter((cap) => holdsOn(cap, day));
  const possible = birthYear === undefined ? today : capsOf(agesOf(birthYear, day), today);
  if (possible.length === 0) return { verdict: 'unknown', unknown: 'no-cap' };
  const [verdict, ...others] = new Set(possible.map(({ monthly }) => verdictUnder(monthly, rent)));
  if (others.length > 0)
    return { verdict: 'unknown', unknown: birthYear === undefined ? 'no-birth-year' : 'birthday-decides' };
  const [cap, ...otherCaps] = new Set(possible);
  return { verdict: verdict!, ...(otherCaps.length === 0 && { cap: cap! }) };
}

/** Before and after this year's birthday. */
function agesOf(birthYear: number, day: string): readonly number[] {
  const reached = Number(day.slice(0, 4)) - birthYear;
  return [reached - 1, reached];
}

/** The cap at each age; none at all when one of the ages has none, since nothing is certain then. */
function capsOf(ages: readonly number[], caps: readonly RentCap[]): readonly RentCap[] {
  const found = ages.map((age) =>
    caps.find(({ ages: { from, to } }) => from <= age && (to === undefined || age <= to)),
  );
  return found.every((cap) => cap !== undefined) ? found : [];
}

function verdictUnder(monthly: number, rent: HousingForm['rent']): RentVerdict {
  if (rent.from > monthly) return 'above';
  return rent.to <= monthly ? 'within' : 'partly';
}
