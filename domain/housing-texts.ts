/** The sentences of the housing match, in Dutch (default) and English. Codes and levels go in; nothing personal. */
import { basisText } from './basis-texts.ts';
import type { Skill, SkillLevel } from '../contracts/skills.ts';
import type { Language } from '../contracts/vocabulary.ts';
import type {
  FormMatch,
  HousingMatch,
  HousingStep,
  SkillFinding,
  TrainingStanding,
} from './housing-match.ts';
import type { RentFinding } from './rent-cap.ts';
import { t, type Text } from './text.ts';

const skills: Record<Skill, Text> = {
  'living-skills': t('zelfstandig wonen', 'living skills'),
  'handling-money': t('omgaan met geld', 'handling money'),
  'personal-care': t('zelfzorg', 'personal care'),
  'social-contacts': t('sociale contacten', 'social contacts'),
  'daily-activities': t('dagbesteding', 'daily activities'),
  'asking-for-help': t('om hulp vragen', 'asking for help'),
};

const levels: Record<SkillLevel, Text> = {
  0: t('niet zelf', 'not by oneself'),
  1: t('met dagelijkse steun', 'with daily support'),
  2: t('met enige steun', 'with some support'),
  3: t('zelf', 'by oneself'),
};

const rents: Record<RentFinding['verdict'], Text> = {
  within: t('De huur valt binnen de grens', 'The rent is within the cap'),
  partly: t(
    'Een deel van deze woningen heeft een huur binnen de grens',
    'Some of these homes have a rent within the cap',
  ),
  above: t('De huur ligt boven de grens', 'The rent is above the cap'),
  unknown: t('Of de huur past is niet bekend', 'It is not known whether the rent is suitable'),
};

const unknownRents: Record<NonNullable<RentFinding['unknown']>, Text> = {
  'no-birth-year': t('het geboortejaar ontbreekt', 'the birth year is missing'),
  'birthday-decides': t(
    'de grens hangt af van de verjaardag van dit jaar',
    "the cap depends on this year's birthday",
  ),
  'no-cap': t('voor deze leeftijd en dag is geen grens bekend', 'no cap is known for this age on this day'),
};

const wishes: Record<NonNullable<HousingMatch['wish']>['finding'], Text> = {
  fits: t('Wat de persoon wenst past', 'What the person wishes for fits'),
  'not-yet': t(
    'Wat de persoon wenst is het doel; hieronder staat wat daarvoor nodig is',
    'What the person wishes for is the goal; what it takes is said below',
  ),
  'not-in-catalogue': t(
    'Wat de persoon wenst staat nu niet in de lijst van woonvormen; bespreek wat er het dichtst bij komt',
    'What the person wishes for is not among the housing forms now; talk about what comes nearest',
  ),
};

const advice: Record<NonNullable<HousingMatch['advised']>['because'], Text> = {
  wish: t('Geadviseerd, omdat de wens van de persoon leidt', "Advised, since the person's wish leads"),
  'direct-own-home': t(
    'Geadviseerd, omdat een eigen woning het uitgangspunt is',
    'Advised, since a direct own home is the default',
  ),
};

const trainings: Record<TrainingStanding, Text> = {
  possible: t('', ''),
  running: t('loopt', 'under way'),
  done: t(
    'afgerond; het niveau is nog niet bereikt of niet vastgelegd',
    'done; the level is not reached, or not recorded',
  ),
};

/** The name of a skill. */
export const skillText = (skill: Skill, language: Language): string => skills[skill][language];

/** What came of the person's wish. */
export const wishText = (finding: keyof typeof wishes, language: Language): string =>
  wishes[finding][language];

/** Why a form is advised. */
export const adviceText = (because: keyof typeof advice, language: Language): string =>
  advice[because][language];

/** What a form asks of one skill, and what the person has of it. */
export function skillFindingText({ skill, asked, has, verdict }: SkillFinding, language: Language): string {
  const unknown = verdict === 'missing' ? t('een tekort', 'not enough of it') : t('niet bekend', 'not known');
  const found = has === undefined ? unknown : levels[has];
  return language === 'nl'
    ? `${skillText(skill, 'nl')}: nodig is ${levels[asked].nl}, vastgesteld is ${found.nl}`
    : `${skillText(skill, 'en')}: needed is ${levels[asked].en}, recorded is ${found.en}`;
}

/** Whether the rents lie below the cap, with the cap and its basis where just one can hold. */
export function rentText({ verdict, cap, unknown }: RentFinding, language: Language): string {
  const said = rents[verdict][language];
  if (unknown) return `${said}: ${unknownRents[unknown][language]}`;
  if (!cap) return said;
  const euro = cap.monthly.toFixed(2);
  return language === 'nl'
    ? `${said} van € ${euro.replace('.', ',')} (${basisText(cap.basis, language)})`
    : `${said} of € ${euro} (${cap.basis})`;
}

/** What is to be done. */
export function housingStepText(step: HousingStep, language: Language): string {
  const nl = language === 'nl';
  if (step.kind === 'lower-rent')
    return nl ? 'zoek een woning met een lagere huur' : 'search for a home with a lower rent';
  const skill = skillText(step.skill, language);
  if (step.kind === 'training') {
    const standing = trainings[step.training][language];
    return `${nl ? 'woontraining' : 'housing training'}: ${skill}${standing && ` (${standing})`}`;
  }
  return nl ? `nog na te gaan: ${skill}` : `still to be assessed: ${skill}`;
}

/** Whether a form fits, and else by what it will. */
export function formMatchText({ fits, next }: FormMatch, language: Language): string {
  const nl = language === 'nl';
  if (fits) return nl ? 'Past' : 'Fits';
  const steps = next.map((step) => housingStepText(step, language)).join('; ');
  return nl ? `Past na: ${steps}` : `Fits after: ${steps}`;
}
