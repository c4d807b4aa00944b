/** The match of a route with the housing forms, as the API shows it: made of its state and the catalogue. */
import type { HousingMatchView } from '../contracts/housing-match.ts';
import type { Skill } from '../contracts/skills.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { localDay } from './calendar.ts';
import { catalogueFor, type HousingBook } from './housing-catalogue.ts';
import { matchHousing, type FormMatch } from './housing-match.ts';
import {
  adviceText,
  formMatchText,
  housingStepText,
  rentText,
  skillFindingText,
  wishText,
} from './housing-texts.ts';
import type { RouteState } from './route-state.ts';
import { trainingOf } from './training.ts';

/**
 * @param now - ISO 8601 moment; its day in Amsterdam says which forms and rent caps hold
 */
export function housingMatchView(
  state: RouteState,
  book: HousingBook,
  now: string,
  language: Language,
): HousingMatchView {
  const { skills = {}, housingWish, birthYear } = state;
  const catalogue = catalogueFor(book, state.region);
  const day = localDay(now, state.rules.calendar);
  const missing = state.steps['intake.skills']?.result?.missingSkills ?? [];
  const seeker = {
    skills,
    missing,
    trainingOf: (skill: Skill) => trainingOf(state, skill),
    wish: housingWish,
    birthYear,
    day,
  };
  const { wish, advised, forms } = matchHousing(seeker, catalogue, book.rentCaps);
  return {
    catalogue: { id: catalogue.id, version: catalogue.version },
    day,
    ...(wish && { wish: { ...wish, sentence: wishText(wish.finding, language) } }),
    ...(advised && { advised: { ...advised, sentence: adviceText(advised.because, language) } }),
    items: forms.map((match) => formView(match, language)),
  };
}

function formView(match: FormMatch, language: Language): HousingMatchView['items'][number] {
  const { form, wished, fits, skills, rent, next } = match;
  const { verdict, cap, unknown } = rent;
  return {
    housingForm: form.id,
    name: form.name[language],
    profile: form.profile[language],
    direct: form.direct,
    needsReason: !form.direct,
    wished,
    fits,
    supportHours: form.supportHours,
    skills: skills.map((each) => ({ ...each, sentence: skillFindingText(each, language) })),
    rent: {
      verdict,
      ...(cap && { cap: cap.monthly, basis: cap.basis }),
      ...(unknown && { unknown }),
      sentence: rentText(rent, language),
    },
    next: next.map((step) => ({ ...step, sentence: housingStepText(step, language) })),
    sentence: formMatchText(match, language),
  };
}
