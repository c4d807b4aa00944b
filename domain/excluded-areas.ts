/** Areas in which a person is not to live: those they named, and those of homes that they refused as unsafe. */
import type { CommandOf } from './command.ts';
import { changed, type RouteState } from './route-state.ts';

/** How many areas of either kind a route knows at most. */
export const areasKept = 20;

type Areas = Pick<RouteState, 'excludedAreas' | 'unsafeAreas'>;

/** Every excluded area, as a code: a CBS neighbourhood or the four digits of a postcode. */
export function excludedAreas({ excludedAreas: named = [], unsafeAreas = [] }: Areas): readonly string[] {
  return [...new Set([...named, ...unsafeAreas])];
}

/**
 * The code that a corporation's own words for an area come down to; undefined for words that are none: they can be
 * compared with nothing.
 */
export function areaCodeOf(area: string | undefined): string | undefined {
  const text = area?.trim() ?? '';
  if (/^BU\d{8}$/.test(text)) return text;
  return /^([1-9]\d{3})(\s?[A-Z]{2})?$/.exec(text)?.[1];
}

/** Whether an offer lies where the person is not to live. */
export function isExcluded(state: Areas, area: string | undefined): boolean {
  const code = areaCodeOf(area);
  return code !== undefined && excludedAreas(state).includes(code);
}

/** The areas that the person names, in place of those that were named before; those of unsafe homes stay. */
export function excludeAreas(
  state: RouteState,
  { areas }: CommandOf<'exclude-areas'>,
  by: string,
  now: string,
): RouteState {
  const { excludedAreas: _, ...before } = state;
  const named = areas.slice(0, areasKept);
  // Not which: the timeline is read by more people than have to know that.
  return changed(
    before,
    now,
    { what: 'areas-excluded', by },
    named.length > 0 ? { excludedAreas: named } : {},
  );
}

/** The area of a home that was refused as unsafe is excluded from then on, where it is one by a code. */
export function withUnsafeArea(state: RouteState, area: string | undefined, now: string): RouteState {
  const code = areaCodeOf(area);
  if (code === undefined || excludedAreas(state).includes(code)) return state;
  const known = state.unsafeAreas ?? [];
  // A full list loses nothing without a word: whoever reads this decides what to name instead.
  if (known.length >= areasKept)
    return changed(state, now, { what: 'area-not-excluded', by: 'calendar' }, {});
  return changed(state, now, { what: 'area-excluded', by: 'calendar' }, { unsafeAreas: [...known, code] });
}
