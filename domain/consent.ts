/**
 * What rests on the person's consent, and whether it is there (Wmo 2015 art. 5.3.3). All other sharing rests on a
 * statutory task or on the person's own contract, and asks for none: docs/consent.md has the table, step by step.
 */
import type { ConsentParty, ConsentPurpose, ConsentsView } from '../contracts/consent.ts';
import type { RouteState } from './route-state.ts';
import type { StepId } from './steps.ts';
import { partyOf } from './template.ts';

/**
 * Consents as a route keeps them: per party the day, who recorded it and the purposes as letters, in one text. No purposes: it
 * was withdrawn, and behind that stands the same of what was (AVG art. 7(1): that there was consent can be shown afterwards).
 * A state has 64 KB for everything.
 */
export type Consents = Readonly<Partial<Record<ConsentParty, string>>>;

/** A step that makes no sense without what its party is told: it waits for consent. */
const stepsOnConsent: Readonly<Partial<Record<StepId, ConsentPurpose>>> = {
  'housing.training': 'housing-training',
};

/** Purposes that one party alone has; all others are of any party. */
const onlyFor: Readonly<Partial<Record<ConsentPurpose, ConsentParty>>> = {
  'safe-search': 'housing-corporation',
  'housing-training': 'support-provider',
};

const letters: Readonly<Record<ConsentPurpose, string>> = {
  'safe-search': 's',
  'housing-training': 't',
  'landing-plan': 'l',
  'support-network': 'n',
  progress: 'p',
};

/** Whether a purpose is one that something can be shared for with a party. */
export const isPurposeOf = (party: ConsentParty, purpose: ConsentPurpose): boolean =>
  (onlyFor[purpose] ?? party) === party;

/** All purposes for which something can be shared with a party. */
export const purposesOf = (party: ConsentParty): readonly ConsentPurpose[] =>
  (Object.keys(letters) as ConsentPurpose[]).filter((purpose) => isPurposeOf(party, purpose));

/**
 * Whether something that rests on consent may be shared now. A route that began before consent was asked for goes on as
 * it did, until the person says something about that party.
 */
export function mayShare(
  { asksConsent, consents }: Pick<RouteState, 'asksConsent' | 'consents'>,
  party: ConsentParty,
  purpose: ConsentPurpose,
): boolean {
  const consent = consents?.[party];
  if (consent === undefined) return !asksConsent;
  return purposesIn(consent).includes(purpose);
}

/** Whether a step can't begin, or can't be sent, for want of consent. */
export function lacksConsent(state: RouteState, stepId: StepId): boolean {
  const purpose = stepsOnConsent[stepId];
  return purpose !== undefined && !mayShare(state, partyOf(stepId) as ConsentParty, purpose);
}

/** Packs what the person agreed to; no purposes: they do no longer. */
export const packedConsent = (day: string, by: string, purposes: readonly ConsentPurpose[]): string =>
  [day, by, purposes.map((purpose) => letters[purpose]).join('')].join(' ');

/** Packs that they do no longer, with what they had agreed to. */
export const packedWithdrawal = (day: string, by: string, before: string | undefined): string =>
  [packedConsent(day, by, []), ...(before ? [before] : [])].join(' ');

/** What a line of the timeline says of a consent: its purposes as letters, and the day on which it was given. */
export function consentOfLine(consent: string): string {
  const [date = '', , purposes = ''] = consent.split(' ');
  return `${purposes} ${date}`;
}

/** The same as codes. */
export function consentInLine(line: string): { purposes: ConsentPurpose[]; givenOn: string } {
  const [held = '', givenOn = ''] = line.split(' ');
  return { purposes: byLetters(held), givenOn };
}

/** What the person agreed to, by party. */
export function consentsView({ asksConsent, consents = {} }: RouteState): ConsentsView {
  const items = Object.entries(consents).map(([party, consent]) => {
    const [date = '', recordedBy = ''] = consent.split(' ');
    const purposes = purposesIn(consent);
    const status = purposes.length > 0 ? ('given' as const) : ('withdrawn' as const);
    const [, , , givenOn, by, held] = consent.split(' ');
    const was = givenOn && by && held && { givenOn, recordedBy: by, purposes: byLetters(held) };
    return { party: party as ConsentParty, status, purposes, date, recordedBy, ...(was && { was }) };
  });
  return { asked: asksConsent === true, items };
}

export const purposesIn = (consent: string): ConsentPurpose[] => byLetters(consent.split(' ')[2] ?? '');

function byLetters(held: string): ConsentPurpose[] {
  return (Object.keys(letters) as ConsentPurpose[]).filter((purpose) => held.includes(letters[purpose]));
}
