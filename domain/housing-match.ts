/**
 * Which housing forms fit somebody, and what is to be done where one does not fit yet. The person's wish leads; a
 * direct own home is what is advised otherwise, the ladder of training homes an exception with a reason (Housing
 * First). Nothing here says no to a person: a missing skill is trained, one that is not known is asked after, and for
 * a rent that is too high a home with a lower one is sought.
 */
import type { HousingCatalogue, HousingForm } from '../contracts/housing-form.ts';
import type { RentCap } from '../contracts/rent-cap.ts';
import type { Skill, SkillLevel, SkillLevels } from '../contracts/skills.ts';
import { formsOn } from './housing-catalogue.ts';
import { rentFinding, type RentFinding } from './rent-cap.ts';

export interface SkillFinding {
  readonly skill: Skill;
  readonly asked: SkillLevel;
  /** Left out: no level is known. */
  readonly has?: SkillLevel;
  readonly verdict: 'enough' | 'missing' | 'unknown';
}

/** What follows for the person to come to live in a form. */
export type HousingStep =
  | { readonly kind: 'training'; readonly skill: Skill; readonly training: TrainingStanding }
  | { readonly kind: 'assessment'; readonly skill: Skill }
  | { readonly kind: 'lower-rent' };

/** How it stands with the housing training of a skill. */
export type TrainingStanding = 'possible' | 'running' | 'done';

export interface FormMatch {
  readonly form: HousingForm;
  readonly wished: boolean;
  /** Every skill that it asks for is there, and there are homes with a rent below the cap, as far as is known. */
  readonly fits: boolean;
  readonly skills: readonly SkillFinding[];
  readonly rent: RentFinding;
  readonly next: readonly HousingStep[];
}

export interface HousingMatch {
  readonly wish?: {
    readonly housingForm: string;
    readonly finding: 'fits' | 'not-yet' | 'not-in-catalogue';
  };
  /** Left out only where the catalogue has no direct own home on the day. */
  readonly advised?: { readonly housingForm: string; readonly because: 'wish' | 'direct-own-home' };
  /** What is advised first, then what fits. */
  readonly forms: readonly FormMatch[];
}

/** What is known of somebody, as codes. */
export interface Seeker {
  readonly skills: SkillLevels;
  /** What the intake found missing, as codes: counts where no level is known. A code that is no skill changes nothing. */
  readonly missing?: readonly string[];
  /** How it stands with the training of a skill; left out: of each it is possible. */
  readonly trainingOf?: (skill: Skill) => TrainingStanding;
  /** The housing form that the person wishes for. */
  readonly wish?: string | undefined;
  readonly birthYear?: number | undefined;
  /** YYYY-MM-DD: which forms and caps hold. */
  readonly day: string;
}

/** Matches somebody with every housing form of a catalogue. */
export function matchHousing(
  seeker: Seeker,
  catalogue: Pick<HousingCatalogue, 'forms'>,
  rentCaps: readonly RentCap[],
): HousingMatch {
  const matches = formsOn(catalogue, seeker.day).map((form) => matchForm(form, seeker, rentCaps));
  const wished = matches.find((match) => match.wished);
  const advised = wished ?? nearest(matches.filter(({ form }) => form.direct));
  return {
    ...(seeker.wish !== undefined && { wish: { housingForm: seeker.wish, finding: wishFinding(wished) } }),
    ...(advised && {
      advised: { housingForm: advised.form.id, because: wished ? 'wish' : 'direct-own-home' },
    }),
    forms: [
      ...(advised ? [advised] : []),
      ...matches.filter((match) => match !== advised).sort(nearestFirst),
    ],
  };
}

function wishFinding(wished: FormMatch | undefined): 'fits' | 'not-yet' | 'not-in-catalogue' {
  if (!wished) return 'not-in-catalogue';
  return wished.fits ? 'fits' : 'not-yet';
}

function matchForm(form: HousingForm, seeker: Seeker, rentCaps: readonly RentCap[]): FormMatch {
  const skills = skillFindings(form, seeker);
  const rent = rentFinding(form, rentCaps, seeker);
  const next: readonly HousingStep[] = [
    ...skills.flatMap((finding) => stepFor(finding, seeker)),
    ...(rent.verdict === 'above' ? [{ kind: 'lower-rent' as const }] : []),
  ];
  return { form, wished: form.id === seeker.wish, fits: next.length === 0, skills, rent, next };
}

function skillFindings({ asks }: HousingForm, { skills: levels, missing = [] }: Seeker): SkillFinding[] {
  return (Object.entries(asks) as [Skill, SkillLevel][]).flatMap(([skill, asked]): SkillFinding[] => {
    if (asked === 0) return [];
    const has = levels[skill];
    if (has === undefined)
      return [{ skill, asked, verdict: missing.includes(skill) ? 'missing' : 'unknown' }];
    return [{ skill, asked, has, verdict: has >= asked ? 'enough' : 'missing' }];
  });
}

function stepFor({ skill, verdict }: SkillFinding, { trainingOf }: Seeker): HousingStep[] {
  if (verdict === 'enough') return [];
  if (verdict === 'unknown') return [{ kind: 'assessment', skill }];
  return [{ kind: 'training', skill, training: trainingOf?.(skill) ?? 'possible' }];
}

function nearest(matches: readonly FormMatch[]): FormMatch | undefined {
  return [...matches].sort(nearestFirst)[0];
}

/** What takes least comes first, a direct own home before a step of the ladder; else the order of the catalogue. */
function nearestFirst(one: FormMatch, other: FormMatch): number {
  return (
    Number(other.fits) - Number(one.fits) ||
    Number(other.form.direct) - Number(one.form.direct) ||
    one.next.length - other.next.length
  );
}
