/**
 * What passes to a record system that speaks the ZGW Zaken API 1.5, and which parts of its catalogue (Catalogi API) are
 * referred to there. Names of fields and codes are ZGW's own, so they are Dutch.
 */
import { z } from 'zod';
import { ConcernKind, ConcernOwner } from './concern.ts';
import { Instant, Municipality, SubjectId } from './ids.ts';
import { isBsn, Person } from './person.ts';
import { Ending, Stage, Track } from './vocabulary.ts';

/** A reference: ZGW takes a thousand characters at most. */
const Reference = z.url({ protocol: /^https?$/ }).max(1000);

/** What of a municipality's catalogue a file refers to. */
export const ZgwCatalogue = z
  .strictObject({
    rsin: z
      .string()
      .refine(isBsn, 'must be nine digits that pass the 11-test')
      .describe('Of the municipality'),
    zaaktype: Reference,
    statustypen: z
      .record(Stage, Reference)
      .describe('By stage; that of `closed` is the last of the zaaktype'),
    resultaattypen: z
      .strictObject({
        completed: Reference,
        'not-granted': Reference,
        'closed-early': Reference,
        deceased: Reference.optional(),
        disappeared: Reference.optional(),
        detained: Reference.optional(),
        erased: Reference.optional(),
      } satisfies Record<Ending, z.ZodType>)
      .describe('By how the route ended; one that is left out is that of `closed-early`'),
    roltypen: z.strictObject({ initiator: Reference, behandelaar: Reference }),
    informatieobject: Reference.optional().describe('A document that goes with every file; left out: none'),
  })
  .refine(
    ({ statustypen: { closed, ...others } }) => !Object.values(others).includes(closed),
    'the status type of closed must be that of no other stage: it ends the zaak',
  );
export type ZgwCatalogue = z.infer<typeof ZgwCatalogue>;

/** By municipality: one record system may keep the files of several. */
export const ZgwCatalogues = z
  .record(Municipality, ZgwCatalogue)
  .refine((given) => Object.keys(given).length > 0, 'must name a municipality');
export type ZgwCatalogues = z.infer<typeof ZgwCatalogues>;

/** What a request discloses of the route whose file it is. */
export const ZgwFile = z.strictObject({
  identity: Person.optional(),
  stages: z.array(z.strictObject({ stage: Stage, since: Instant })).min(1),
  ending: Ending,
  caseManager: SubjectId,
  handedOver: z
    .array(
      z.strictObject({
        concern: ConcernKind.optional(),
        track: Track.optional(),
        owner: ConcernOwner,
        text: z.string(),
      }),
    )
    .optional(),
});
export type ZgwFile = z.infer<typeof ZgwFile>;

/** What is read of an answer: what was made before, and where it is. */
const Made = z.object({
  url: z.string(),
  roltype: z.string().optional(),
  informatieobject: z.string().optional(),
  statustype: z.string().optional(),
  datumStatusGezet: z.string().optional(),
});
export type ZgwMade = z.infer<typeof Made>;
export const ZgwOne = Made;
/** Most lists have pages; that of information objects has none. */
export const ZgwList = z
  .union([z.array(Made), z.object({ results: z.array(Made) })])
  .transform((list) => (Array.isArray(list) ? list : list.results));

export const zgwPaths = {
  zaak: '/zaken',
  rol: '/rollen',
  status: '/statussen',
  resultaat: '/resultaten',
  informatieobject: '/zaakinformatieobjecten',
} as const;
export type ZgwResource = keyof typeof zgwPaths;
