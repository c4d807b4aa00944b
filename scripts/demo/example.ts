/** An example under `examples/`: a person's start, how partners behave towards them, and what the case manager does. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DecisionBody, OfferAnswerBody, StartRouteBody } from '../../contracts/commands.ts';
import { Person } from '../../contracts/person.ts';
import { Behaviours } from '../../simulator/behaviours.ts';

const Example = z.strictObject({
  label: z.string().max(24).describe('How the terminal calls the route; an invented name'),
  story: z.strictObject({ nl: z.string(), en: z.string() }),
  start: StartRouteBody,
  partners: Behaviours.default([]).describe('How partners behave towards this route; else as usual'),
  caseManager: z.strictObject({
    person: Person.optional().describe('Given when the route asks who the person is'),
    decision: DecisionBody,
    answers: z.array(OfferAnswerBody).min(1).describe('To the first offer, the second, and so on'),
    objects: z.boolean().default(true).describe('Asks again after a refusal'),
  }),
});
export type Example = z.infer<typeof Example> & { readonly name: string };

const folder = join(import.meta.dirname, '..', '..', 'examples');

/** Reads all examples, in the order of their names. @throws ZodError for a file that is no example */
export async function readExamples(): Promise<Example[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const example = Example.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
      return { ...example, name: file.replace(/\.json$/, '') };
    }),
  );
}
