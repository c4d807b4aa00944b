/** Checks what comes in against its schema, and says everything that is wrong at once, without repeating it. */
import { z } from 'zod';
import { faultInDutch } from '../../contracts/faults.ts';
import { t, type Text } from '../../contracts/text.ts';
import { invalidInput, type InputFault } from '../problems.ts';
import { faultCode } from './fault-codes.ts';
import { faultWords, isMissing } from './fault-words.ts';
import { pointer, type Reading } from './reading.ts';

type Issue = z.core.$ZodIssue;

export interface Part extends Reading {
  readonly in: InputFault['in'];
  readonly schema: z.ZodType | undefined;
}

/**
 * Checks all parts of a call.
 * @returns the parsed values, in the order of the parts
 * @throws ApiProblem invalid-input, with every fault of every part
 */
export function checkAll(parts: readonly Part[]): unknown[] {
  const errors: InputFault[] = [];
  const values = parts.map(({ in: place, schema, value, faults = [], placeOf = usualPlace(place) }) => {
    if (!schema) return undefined;
    errors.push(...faults);
    const result = schema.safeParse(value, { error: faultWords.nl });
    if (result.success) return result.data;
    const inEnglish = schema.safeParse(value, { error: faultWords.en }).error?.issues ?? [];
    errors.push(...faultsOf(result.error.issues, inEnglish, placeOf));
    if (!isOfNoForm(result.error.issues)) return undefined;
    const envelope = commonOf(schema);
    const common = envelope.safeParse(value, { error: faultWords.nl }).error?.issues ?? [];
    const commonInEnglish = envelope.safeParse(value, { error: faultWords.en }).error?.issues ?? [];
    errors.push(...faultsOf(common, commonInEnglish, placeOf));
    return undefined;
  });
  if (errors.length > 0) throw invalidInput(errors);
  return values;
}

/** Of which form of a union an input is says one property; where that says none, zod looks at nothing else. */
const isOfNoForm = (issues: readonly Issue[]): boolean =>
  issues.length === 1 && issues[0]!.code === 'invalid_union' && issues[0]!.discriminator !== undefined;

/** What all forms of a union have in common: whatever an input is to be, it needs this. */
function commonOf(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return z.unknown();
  const [first, ...others] = (schema.options as readonly z.ZodObject[]).map(({ shape }) => shape);
  const names = Object.keys(first ?? {}).filter((name) => others.every((shape) => name in shape));
  return z.looseObject(
    Object.fromEntries(
      names.flatMap((name) => {
        const [own, ...rest] = [first!, ...others].map((shape) => shape[name] as z.ZodType);
        if (rest.every((each) => each === own)) return [[name, own!] as const];
        // Each form has its own: that there is one can be said.
        return name === schema.def.discriminator ? [] : [[name, z.unknown().nonoptional()] as const];
      }),
    ),
  );
}

type PlaceOf = NonNullable<Reading['placeOf']>;

const usualPlace =
  (place: Part['in']): PlaceOf =>
  (path) => ({ in: place, location: place === 'body' ? pointer(path) : path.map(String).join('.') });

function faultsOf(inDutch: readonly Issue[], inEnglish: readonly Issue[], placeOf: PlaceOf): InputFault[] {
  const english = inEnglish.flatMap(unfolded);
  return inDutch.flatMap(unfolded).map((issue, i) => ({
    ...placeOf(issue.path),
    code: faultCode(issue, isMissing(issue.message)),
    detail: detailOf(issue, english[i] ?? issue),
  }));
}

/**
 * A union fails with the faults of each of its forms: those of the form that was meant are of use, unless the schema says
 * in words of its own what it wants.
 */
function unfolded(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0 || faultInDutch(issue.message))
    return [issue];
  const [nearest] = [...issue.errors].sort((a, b) => distance(a) - distance(b));
  return nearest!.flatMap((inner) => unfolded({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** How far an input is from a form: another value than it names or a property that it has not say most, one left out little. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'invalid_value' && !isMissing(issue.message)) return sum + 9;
    return sum + (issue.code === 'unrecognized_keys' ? 1 + 3 * issue.keys.length : 1);
  }, 0);
}

/** No message repeats a value; names of unknown properties could be anything, so only plain ones are said. */
function detailOf(issue: Issue, english: Issue): Text {
  if (issue.code !== 'unrecognized_keys')
    return t(faultInDutch(issue.message) ?? issue.message, english.message);
  const named = issue.keys.filter((key) => /^[a-z][A-Za-z]{0,39}$/.test(key)).slice(0, 10);
  const names = named.length > 0 ? t(named.join(', '), named.join(', ')) : t('een eigenschap', 'a property');
  return t(`Hier niet bekend: ${names.nl}`, `Not known here: ${names.en}`);
}
