/** Counting places: what there is, what is taken, what is free, and what the spread leaves room for. */
import type { AgreedPlaces } from '../../contracts/housing-agreement.ts';
import type { AgreementState, Asked, Place } from './state.ts';

/** The places of one corporation in one municipality, of one housing form. */
export interface Line {
  readonly key: string;
  readonly corporation: string;
  readonly municipality: string;
  readonly housingForm: string;
  readonly agreed: number;
  readonly carriedOver: number;
  readonly withdrawn: number;
  readonly carriedOn: number;
  readonly reserved: number;
  readonly realised: number;
  /** Below zero never. */
  readonly free: number;
}

type Figures = 'agreed' | 'carriedOver' | 'withdrawn' | 'carriedOn' | 'reserved' | 'realised';

export const lineKey = ({ corporation, municipality, housingForm }: Place): string =>
  `${corporation} ${municipality} ${housingForm}`;

/** A line without places. */
export const none = {
  agreed: 0,
  carriedOver: 0,
  withdrawn: 0,
  carriedOn: 0,
  reserved: 0,
  realised: 0,
  free: 0,
} as const;

/** Every line, in the order of the agreement; then those that were carried over alone. */
export function linesOf(
  state: Pick<AgreementState, 'terms' | 'carriedOver' | 'withdrawn' | 'carriedOn' | 'reservations'>,
): Line[] {
  const counts = new Map<string, { -readonly [K in keyof Line]: Line[K] }>();
  // In place: this runs with each command, over every reservation there is.
  const count = (place: Place, figure: Figures, places: number) => {
    const key = lineKey(place);
    let line = counts.get(key);
    if (!line) {
      const { corporation, municipality, housingForm } = place;
      counts.set(key, (line = { key, corporation, municipality, housingForm, ...none }));
    }
    line[figure] += places;
    line.free += figure === 'agreed' || figure === 'carriedOver' ? places : -places;
  };
  for (const each of state.terms.agreed) count(each, 'agreed', each.places);
  for (const each of state.carriedOver) count(each, 'carriedOver', each.places);
  for (const each of state.withdrawn) count(each, 'withdrawn', each.places);
  for (const each of state.carriedOn ?? []) count(each, 'carriedOn', each.places);
  for (const { place, status } of state.reservations) count(place, status, 1);
  return [...counts.values()];
}

/** Sums places of the same line; lines without places are left out. */
export function summed(all: readonly AgreedPlaces[]): AgreedPlaces[] {
  const sums = new Map<string, AgreedPlaces>();
  for (const each of all) {
    const before = sums.get(lineKey(each))?.places ?? 0;
    sums.set(lineKey(each), { ...each, places: before + each.places });
  }
  return [...sums.values()].filter(({ places }) => places > 0);
}

/** The municipality of a CBS neighbourhood: its first four digits. */
export const municipalityOf = (neighbourhood: string): string => `GM${neighbourhood.slice(2, 6)}`;

/** Whether a line, or a neighbourhood in it, is what somebody asked for. */
export function suits({ wishes }: Asked, line: Line): boolean {
  const { corporations, municipalities, housingForms, neighbourhoods } = wishes;
  const isIn = (list: readonly string[] | undefined, value: string) => !list?.length || list.includes(value);
  return (
    isIn(corporations, line.corporation) &&
    isIn(municipalities, line.municipality) &&
    isIn(housingForms, line.housingForm) &&
    isIn(neighbourhoods?.map(municipalityOf), line.municipality)
  );
}

/** How many places of a neighbourhood are taken, and how many may be; undefined when no share was agreed. */
export interface Spread {
  readonly taken: ReadonlyMap<string, number>;
  readonly maximum: ReadonlyMap<string, number>;
}

/**
 * The spread over neighbourhoods. A share is one of the places in its municipality: agreed and carried over, less
 * withdrawn; rounded down, since a part of a place is none. What a closed year carries on counts for its shares still:
 * nobody's home becomes one too many because the year is over.
 */
export function spreadOf(
  { terms, reservations }: Pick<AgreementState, 'terms' | 'reservations'>,
  lines: readonly Line[],
): Spread {
  const places = (municipality: string) =>
    lines
      .filter((line) => line.municipality === municipality)
      .reduce((sum, line) => sum + line.agreed + line.carriedOver - line.withdrawn, 0);
  const taken = new Map<string, number>();
  for (const { place } of reservations) {
    const { neighbourhood } = place;
    if (neighbourhood) taken.set(neighbourhood, (taken.get(neighbourhood) ?? 0) + 1);
  }
  const maximum = new Map(
    terms.spread.map(({ neighbourhood, maximumShare }) => [
      neighbourhood,
      // Shares are decimals (0.29 of 100 places): without the margin a computer makes 28 of it.
      Math.floor(places(municipalityOf(neighbourhood)) * maximumShare + 1e-9),
    ]),
  );
  return { taken, maximum };
}

/** Whether one more place in a neighbourhood is within its share. */
export function hasRoom({ taken, maximum }: Spread, neighbourhood: string): boolean {
  return (taken.get(neighbourhood) ?? 0) < (maximum.get(neighbourhood) ?? Infinity);
}
