/** The person asks that their data be erased: bodies, and what passes to partners of it. */
import { z } from 'zod';
import { FreeText } from './free-text.ts';
import { Instant, Municipality, RouteId } from './ids.ts';
import { PartnerParty } from './vocabulary.ts';

/** Why data is kept all the same (Wmo 2015 art. 5.3.5(2); AVG art. 17(3)(b), (d) and (e)). */
export const ErasureGround = z
  .enum(['interest-of-another', 'legal-obligation', 'archiving', 'legal-claims'])
  .describe(
    '`interest-of-another`: a weighty interest of somebody else; `legal-obligation`: a statute says to keep it; `archiving`: in the public interest; `legal-claims`: to establish, exercise or defend them',
  );
export type ErasureGround = z.infer<typeof ErasureGround>;

/** `POST …/erasure`. */
export const ErasureBody = z
  .strictObject({
    requestedOn: z.iso
      .date()
      .optional()
      .describe('Day on which the person asked, since the route began; left out: today'),
    note: FreeText.optional(),
  })
  .meta({ id: 'ErasureRequest', example: { requestedOn: '2026-11-02', note: 'Mondeling gevraagd' } });

/** `POST …/erasure/decision`. */
export const ErasureDecisionBody = z
  .union([
    z.strictObject({ granted: z.literal(true), reason: FreeText }),
    z.strictObject({ granted: z.literal(false), ground: ErasureGround, reason: FreeText }),
  ])
  .meta({
    id: 'ErasureDecision',
    example: { granted: true, reason: 'Geen bewaarplicht, niemand anders heeft er belang bij' },
  });
export type ErasureDecisionBody = z.infer<typeof ErasureDecisionBody>;

/** A request to erase, as the view of a route has it. */
export const ErasureView = z
  .object({
    status: z.enum(['asked', 'granted', 'refused']),
    askedAt: Instant,
    dueAt: Instant.describe('By when it is to be carried out'),
    overdue: z.boolean(),
    decidedAt: Instant.optional(),
    ground: ErasureGround.optional().describe('Of a refusal'),
    sentence: z.string(),
  })
  .meta({ id: 'ErasureView' });
export type ErasureView = z.infer<typeof ErasureView>;

/** `POST {base}/erasures`, with `Idempotency-Key: {erasureId}`: asks a partner to erase what it had of a route. */
export const PartnerErasure = z
  .strictObject({
    erasureId: z.string().describe('The same at each sending'),
    routeId: RouteId.describe('Stood in each request'),
    municipality: Municipality,
    basis: z.string(),
  })
  .meta({ id: 'PartnerErasure' });
export type PartnerErasure = z.infer<typeof PartnerErasure>;

/** What a partner answers, with status 200. */
export const ErasureAnswer = z
  .discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('erased') }),
    z.object({ outcome: z.literal('taken-on').describe('It erases within its own term') }),
    z.object({
      outcome: z.literal('kept'),
      ground: ErasureGround,
      until: z.iso.date().optional().describe('Left out: it does not say'),
    }),
  ])
  .meta({ id: 'ErasureAnswer' });
export type ErasureAnswer = z.infer<typeof ErasureAnswer>;

/** Of the certificate: what the parties said. */
export const ErasedElsewhere = z
  .object({
    party: PartnerParty,
    outcome: z
      .enum(['erased', 'taken-on', 'kept', 'untold', 'being-asked'])
      .describe('`untold`: its system could not be asked; the case manager tells it'),
    ground: ErasureGround.optional(),
    until: z.iso.date().optional(),
    sentence: z.string(),
  })
  .meta({ id: 'ErasedElsewhere' });
export type ErasedElsewhere = z.infer<typeof ErasedElsewhere>;
