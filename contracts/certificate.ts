/** What became of a person's data when the route was closed. */
import { z } from 'zod';
import { ErasedElsewhere } from './erasure.ts';
import certificate from './examples/certificate.json' with { type: 'json' };
import { RouteId } from './ids.ts';
import { TermSource } from './term-source.ts';

/** What was written about the person, by what it was. */
export const DeletedData = z.enum([
  'opening-answer',
  'identity',
  'wishes',
  'reasons',
  'supporters',
  'shelter-address',
]);
export type DeletedData = z.infer<typeof DeletedData>;

export const RemainingData = z.enum(['file', 'course', 'access-log']);
export type RemainingData = z.infer<typeof RemainingData>;

export const Certificate = z
  .object({
    routeId: RouteId,
    closedAt: z.iso.datetime().optional().describe('Left out: the route is on its way to its end'),
    deletedAt: z.iso.datetime().describe('Since then nobody can read what was deleted, in no copy of it'),
    erasure: z
      .object({
        askedAt: z.iso.datetime(),
        decidedAt: z.iso.datetime(),
        term: TermSource.optional(),
        parties: z.array(ErasedElsewhere).describe('What those answered that were asked to erase'),
      })
      .optional()
      .describe('Left out: nobody asked for it, the route came to its end'),
    deleted: z.array(z.object({ data: DeletedData, sentence: z.string() })),
    remains: z.array(
      z.object({
        data: RemainingData,
        where: z.enum(['record-system', 'here']),
        until: z.iso
          .date()
          .optional()
          .describe(
            'Of the course while the route is not closed, and of a file without a rule, left out. Of the access log the earliest: it counts from the last line about the route',
          ),
        term: TermSource.optional().describe('Which rule gave the date'),
        basis: z.string().optional().describe('Why it may be kept'),
        sentence: z.string().describe('What it is, where it is and why it stays'),
      }),
    ),
  })
  .meta({
    id: 'Certificate',
    example: certificate,
    description:
      'What was deleted here when the route was closed or the person asked for it, and what remains, where and why',
  });
export type Certificate = z.infer<typeof Certificate>;
