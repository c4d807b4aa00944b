/** What was done with a person's data, by whom and why: the view of it, and its words. */
import { z } from 'zod';
import { DeletedData } from './certificate.ts';
import { Instant } from './ids.ts';
import { PartnerParty, Role } from './vocabulary.ts';

/** Kinds of data about a person. `course`: how the route stands and stood, in codes and dates. */
export const DataKind = z.enum([
  'course',
  ...DeletedData.options,
  'debts',
  'threat',
  'housing-form',
  'birth-year',
  'skills',
  'excluded-areas',
  'place',
  'offer',
  'file',
  'keys',
  'consents',
]);
export type DataKind = z.infer<typeof DataKind>;

/** Who did it: a person by their role, a partner's system, or the product itself. */
export const ProcessedBy = z.enum([...Role.options, 'system']);
export type ProcessedBy = z.infer<typeof ProcessedBy>;

/** `told`: they told or recorded it here; `received`: they got it or looked at it. */
export const ProcessingDirection = z.enum(['told', 'received']);
export type ProcessingDirection = z.infer<typeof ProcessingDirection>;

export const ProcessingView = z
  .object({
    at: Instant,
    by: z.string().describe('Opaque id of who it was; of a partner its name'),
    role: ProcessedBy,
    party: PartnerParty.optional().describe('Which partner got it, or told it'),
    direction: ProcessingDirection.describe(
      '`told`: whoever did it told or recorded it; `received`: they got it or looked at it',
    ),
    activity: z.string().describe('What for: an operation of this API, or the step of the route'),
    data: z.array(DataKind),
    basis: z.string(),
    traceId: z
      .string()
      .describe('32 digits: of a request to a partner those of the `traceparent` that it got'),
    sentence: z.string(),
  })
  .meta({ id: 'Processing' });
export type ProcessingView = z.infer<typeof ProcessingView>;

export const ProcessingList = z
  .object({
    items: z.array(ProcessingView).describe('Latest first'),
    nextCursor: z.string().optional().describe('Left out: this is the last page'),
  })
  .meta({
    id: 'ProcessingList',
    example: {
      items: [
        {
          at: '2026-11-02T09:30:00.000Z',
          by: 'debt-service',
          role: 'partner',
          party: 'debt-service',
          direction: 'received',
          activity: 'debt.registration',
          data: ['identity', 'debts'],
          basis: 'wettelijke taak: Wgs art. 3 en 4 [aangenomen]',
          traceId: '0af7651916cd43dd8448eb211c80319c',
          sentence: 'De schuldhulpverlening kreeg: wie u bent, of er schulden zijn (Aanmelding)',
        },
      ],
    },
  });
export type ProcessingList = z.infer<typeof ProcessingList>;
