/**
 * What is personal, by schema: who a person is, what they wish and what anybody writes in their own words. Where such a field
 * stands is found in the schemas, so that a new one is known to the log at once.
 */
import { z } from 'zod';
import * as commands from './commands.ts';
import * as concern from './concern.ts';
import * as cti from './cti.ts';
import * as debtProgress from './debt-progress.ts';
import * as erasure from './erasure.ts';
import { FreeText } from './free-text.ts';
import { PartnerEvent } from './partner-event.ts';
import { OpeningAnswer, Person, Wishes } from './person.ts';
import * as transfer from './transfer.ts';

/** Everything in them is about somebody. */
const whole: readonly z.ZodType[] = [
  OpeningAnswer,
  Person,
  Wishes,
  cti.SupporterPerson,
  commands.ShelterAddressBody,
];

const modules = [commands, concern, cti, debtProgress, erasure, transfer];
const schemas: readonly z.ZodType[] = [
  PartnerEvent,
  ...modules.flatMap((each) => Object.values(each).filter((value) => value instanceof z.ZodType)),
];

/** The names of all fields in which something personal can be, in whatever body. */
export function personalFields(): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<z.ZodType>();
  const look = (schema: z.ZodType, isPersonal: boolean) => {
    if (seen.has(schema) && !isPersonal) return;
    seen.add(schema);
    for (const inner of innerOf(schema)) look(inner, isPersonal);
    if (!(schema instanceof z.ZodObject)) return;
    for (const [name, field] of Object.entries(schema.shape)) {
      const bare = bareOf(field);
      if (isPersonal || bare === FreeText || whole.includes(bare)) found.add(name);
      look(bare, isPersonal || whole.includes(bare));
    }
  };
  for (const schema of whole) look(schema, true);
  for (const schema of schemas) look(schema, false);
  return found;
}

/** A field without what makes it optional. */
function bareOf(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return bareOf(schema.unwrap() as z.ZodType);
  return schema;
}

function innerOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodUnion) return [...schema.options] as z.ZodType[];
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right] as z.ZodType[];
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  if (schema instanceof z.ZodPipe) return [schema.in, schema.out] as z.ZodType[];
  const bare = bareOf(schema);
  return bare === schema ? [] : [bare];
}
