/** What is wrong with a value, as a code: the same in every language, for whoever's program reads it. */
import type { z } from 'zod';
import { t, type Text } from '../../contracts/text.ts';

type Issue = z.core.$ZodIssue;

/** The codes of what a schema says; each operation that looks further has some of its own. */
export const faultCodes = {
  missing: t('is nodig en is er niet', 'is needed and is not there'),
  'wrong-type': t(
    'is van een ander soort: een tekst in plaats van een getal',
    'is of another kind: a text in place of a number',
  ),
  'not-one-of': t('is geen van de waarden die er zijn', 'is none of the values that there are'),
  'wrong-format': t('heeft niet de vorm die het moet hebben', 'has not the form that it must have'),
  'too-small': t('is te klein, te kort of met te weinig', 'is too small, too short or too few'),
  'too-large': t('is te groot, te lang of met te veel', 'is too large, too long or too many'),
  'not-known-here': t('is een eigenschap die hier niet bekend is', 'is a property that is not known here'),
  'not-valid': t(
    'kan zo niet, of niet met wat er verder staat; `detail` zegt waarom',
    'cannot be so, or not with what else there is; `detail` says why',
  ),
} as const satisfies Record<string, Text>;
export type FaultCode = keyof typeof faultCodes;

const ofSchema: Readonly<Partial<Record<Issue['code'], FaultCode>>> = {
  invalid_type: 'wrong-type',
  invalid_value: 'not-one-of',
  invalid_union: 'not-one-of',
  invalid_format: 'wrong-format',
  too_small: 'too-small',
  too_big: 'too-large',
  unrecognized_keys: 'not-known-here',
};

/** @param isMissing - nothing was given at all */
export const faultCode = ({ code }: Issue, isMissing: boolean): FaultCode =>
  isMissing ? 'missing' : (ofSchema[code] ?? 'not-valid');
