/** What is found and wished about how the person is to live: the ground of the housing match. */
import type { CommandOf } from './command.ts';
import { changed, type RouteState } from './route-state.ts';

/** The skills as they were found, instead of what was known before. */
export function recordSkills(
  state: RouteState,
  { skills }: CommandOf<'record-skills'>,
  by: string,
  now: string,
): RouteState {
  return changed(state, now, { what: 'skills-recorded', by }, { skills });
}

/** The form that the person wishes for; the wish leads (van Klaveren), so nothing is held against it here. */
export function wishForHousing(
  state: RouteState,
  { housingForm }: CommandOf<'wish-for-housing'>,
  by: string,
  now: string,
): RouteState {
  const { housingWish: _, ...before } = state;
  const entry = { what: 'housing-wished', by, ...(housingForm && { reason: housingForm }) };
  return changed(before, now, entry, housingForm ? { housingWish: housingForm } : {});
}
