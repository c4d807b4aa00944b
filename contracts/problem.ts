/** RFC 9457 problem documents. */
import { z } from 'zod';

export const Problem = z
  .object({
    type: z.string().describe('URI of the kind of problem, the same for every occurrence'),
    title: z.string().describe('What kind of problem it is, in the language asked for'),
    status: z.int(),
    detail: z.string().describe('What is wrong this time, in the language asked for'),
    instance: z.string().describe('The path of the call and an id that stands in the log'),
    errors: z
      .array(
        z.object({
          in: z.enum(['body', 'query', 'path', 'header']),
          location: z.string().describe('JSON pointer or name'),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('Everything that is wrong with the input, at once'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
