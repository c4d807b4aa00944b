/** What is wrong with a value, in words for whoever fills in a form rather than for whoever wrote the schema. */
import { z } from 'zod';
import { t, type Text } from '../../contracts/text.ts';

type Raw = z.core.$ZodRawIssue;

const zodSays = { nl: z.locales.nl().localeError, en: z.locales.en().localeError };

/** The words for a fault, given to each parse: zod's global setting is one for all callers. A schema's own words come first. */
export const faultWords = {
  nl: (issue: Raw) => inWords(issue)?.nl ?? zodSays.nl(issue),
  en: (issue: Raw) => inWords(issue)?.en ?? zodSays.en(issue),
};

const kinds: Readonly<Record<string, Text>> = {
  string: t('een tekst', 'a text'),
  number: t('een getal', 'a number'),
  int: t('een heel getal', 'a whole number'),
  boolean: t('true of false', 'true or false'),
  array: t('een lijst', 'a list'),
  object: t('een object', 'an object'),
};

const formats: Readonly<Record<string, Text>> = {
  date: t('een datum, zoals 2027-03-01', 'a date, such as 2027-03-01'),
  uuid: t('een UUID', 'a UUID'),
  datetime: t('een tijdstip, zoals 2027-03-01T09:00:00Z', 'a moment, such as 2027-03-01T09:00:00Z'),
};

/** undefined: zod says it well enough. */
function inWords(issue: Raw): Text | undefined {
  const one = oneOf(issue);
  if (issue.input === undefined && issue.code !== 'custom') return required(one);
  if (issue.code === 'invalid_type') return mustBe(kinds[issue.expected]);
  if (issue.code === 'invalid_format') return mustBe(formats[issue.format]);
  if (issue.code === 'too_small') return atLeast(issue);
  if (issue.code === 'too_big') return atMost(issue);
  if (issue.code === 'not_multiple_of')
    return t(`moet een veelvoud van ${issue.divisor} zijn`, `must be a multiple of ${issue.divisor}`);
  if (one.length === 0) return undefined;
  if (one.length === 1) return mustBe(t(one[0]!, one[0]!));
  return t(`moet één zijn van ${one.join(', ')}`, `must be one of ${one.join(', ')}`);
}

/** The values that a schema names. */
function oneOf(issue: Raw): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union')
    return ('options' in issue ? (issue.options as unknown[]) : []).map(String);
  return [];
}

const missing = t('is verplicht', 'is required');

function required(one: readonly string[]): Text {
  if (one.length < 2) return missing;
  return t(`${missing.nl}: één van ${one.join(', ')}`, `${missing.en}: one of ${one.join(', ')}`);
}

/** Whether a fault is that nothing was given at all. */
export const isMissing = (message: string): boolean =>
  message.startsWith(missing.nl) || message.startsWith(missing.en);

const mustBe = (what: Text | undefined): Text | undefined =>
  what && t(`moet ${what.nl} zijn`, `must be ${what.en}`);

function atLeast({ origin, minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): Text {
  const count = Number(minimum);
  if (origin === 'array' || origin === 'set')
    return t(`noem er ten minste ${count}`, `name ${count} at least`);
  if (origin === 'string')
    return count === 1
      ? t('mag niet leeg zijn', 'may not be empty')
      : t(`moet ten minste ${count} tekens lang zijn`, `must be ${count} characters at least`);
  return inclusive === false
    ? t(`moet meer dan ${count} zijn`, `must be more than ${count}`)
    : t(`moet ten minste ${count} zijn`, `must be ${count} at least`);
}

function atMost({ origin, maximum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): Text {
  const count = Number(maximum);
  if (origin === 'array' || origin === 'set')
    return t(`noem er hooguit ${count}`, `name ${count} at the most`);
  if (origin === 'string')
    return t(`mag hooguit ${count} tekens lang zijn`, `may be ${count} characters at the most`);
  return inclusive === false
    ? t(`moet minder dan ${count} zijn`, `must be less than ${count}`)
    : t(`mag hooguit ${count} zijn`, `may be ${count} at the most`);
}
