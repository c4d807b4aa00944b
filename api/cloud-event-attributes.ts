/** What CloudEvents 1.0.2 asks of every attribute, also of those that are dropped here: its name, and its type. */
import { t, type Text } from '../contracts/text.ts';

export type Attribute = readonly [name: string, value: unknown];

export interface AttributeFault {
  /** Left out of one that cannot be repeated. */
  readonly name?: string;
  readonly code: string;
  readonly detail: Text;
}

/** The faults of attributes; what the schema says of the known ones comes on top. */
export function attributeFaults(attributes: readonly Attribute[]): AttributeFault[] {
  return [...attributes.flatMap(faultOf), ...sequenceFaults(new Map(attributes))];
}

function faultOf([name, value]: Attribute): AttributeFault[] {
  if (name === 'data_base64') return [{ name, ...binaryData }];
  if (!/^[a-z0-9]+$/.test(name)) return [{ ...repeatable(name), ...badName }];
  return isOfType(value) ? [] : [{ ...repeatable(name), ...badValue }];
}

/** A name could be anything, a number of somebody too: only a word is repeated. */
export const repeatable = (name: string): Pick<AttributeFault, 'name'> =>
  /^[A-Za-z_-]{1,40}$/.test(name) ? { name } : {};

/** Boolean, Integer or String: the others of the type system are strings in JSON and in headers. */
function isOfType(value: unknown): boolean {
  if (typeof value === 'string') return !forbidden.test(value);
  // As the bitwise operators have it: 32 bits with a sign.
  return typeof value === 'boolean' || (typeof value === 'number' && value === (value | 0));
}

/** Control characters, half a surrogate pair, and what Unicode calls no character. */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

const badName = {
  code: 'attribute-name',
  detail: t(
    'de naam van een attribuut bestaat uit kleine letters en cijfers',
    "an attribute's name is lower-case letters and digits",
  ),
};
const badValue = {
  code: 'attribute-type',
  detail: t(
    'moet een tekst zonder stuurtekens, een geheel getal van 32 bits, of true of false zijn',
    'must be a text without control characters, a whole number of 32 bits, or true or false',
  ),
};
const binaryData = {
  code: 'binary-data',
  detail: t(
    'wordt hier niet gelezen: stuur de gegevens als JSON, in data',
    'is not read here: send the data as JSON, in data',
  ),
};

/** NL GOV profile for CloudEvents 1.1, Sequence. */
function sequenceFaults(attributes: ReadonlyMap<string, unknown>): AttributeFault[] {
  const [sequence, type] = [attributes.get('sequence'), attributes.get('sequencetype')];
  const name = 'sequence';
  if (type !== undefined && sequence === undefined)
    return [{ name, code: 'missing', detail: t('hoort bij sequencetype', 'goes with sequencetype') }];
  if (type !== 'Integer' || typeof sequence !== 'string') return [];
  const isInteger = /^(0|-?[1-9]\d{0,9})$/.test(sequence) && Number(sequence) === (Number(sequence) | 0);
  const detail = t('moet bij Integer een getal van 32 bits zijn', 'must be a number of 32 bits with Integer');
  return isInteger ? [] : [{ name, code: 'sequence', detail }];
}
