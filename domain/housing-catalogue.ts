/** Which housing forms there are for a route: its region's, else the national ones, as they are on a day. */
import type { HousingCatalogue, HousingForm } from '../contracts/housing-form.ts';
import type { RentCap } from '../contracts/rent-cap.ts';

/** Every catalogue, and the rent caps of every year. */
export interface HousingBook {
  readonly national: HousingCatalogue;
  readonly regional: ReadonlyMap<string, HousingCatalogue>;
  readonly rentCaps: readonly RentCap[];
}

/** The catalogue of a region; the national one where the region has none, or is not known. */
export function catalogueFor({ national, regional }: HousingBook, region?: string): HousingCatalogue {
  return (region !== undefined && regional.get(region)) || national;
}

/** The forms that exist on a day (YYYY-MM-DD), in the order of the catalogue. */
export function formsOn({ forms }: Pick<HousingCatalogue, 'forms'>, day: string): readonly HousingForm[] {
  return forms.filter((form) => holdsOn(form, day));
}

/** Whether something dated holds on a day; its first and last day are both included. */
export function holdsOn({ from, until }: Pick<RentCap, 'from' | 'until'>, day: string): boolean {
  return from <= day && (until === undefined || day <= until);
}
