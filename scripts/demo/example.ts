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

/**
 * Reads examples, in the order of their names.
 * @param which - a file of `examples/` without its ending; left out: all that begin with a number
 * @throws ZodError for a file that is no example
 */
export async function readExamples(which?: string): Promise<Example[]> {
  const files = (await readdir(folder)).filter((file) =>
    which === undefined ? /^\d.*\.json$/.test(file) : file === `${which}.json`,
  );
  const read = await Promise.all(
    files.sort().map(async (file) => {
      const content: unknown = JSON.parse(await readFile(join(folder, file), 'utf8'));
      const all = z.array(Example).parse(Array.isArray(content) ? content : [content]);
      const name = file.replace(/\.json$/, '');
      return all.map((example, i) => ({ ...example, name: all.length > 1 ? `${name}-${i + 1}` : name }));
    }),
  );
  return read.flat();
}
