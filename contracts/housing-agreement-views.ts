/** What the API shows of a housing agreement: numbers, codes and route ids, nothing personal. */
import { z } from 'zod';
import housingAgreement from './examples/housing-agreement.json' with { type: 'json' };
import queue from './examples/queue.json' with { type: 'json' };
import reservation from './examples/reservation.json' with { type: 'json' };
import utilisation from './examples/utilisation.json' with { type: 'json' };
import {
  AgreedPlaces,
  CloseAgreementBody,
  Corporation,
  HousingAgreementBody,
  HousingForm,
  Neighbourhood,
  PlaceWishes,
} from './housing-agreement.ts';
import { Instant, Municipality, RouteId } from './ids.ts';

const notCarriedOver = z
  .int()
  .describe(
    'Places of the year before that are not taken over, for want of room: nobody can be granted them',
  );

const orKeptBack = 'null: kept back from policy, since somebody could be recognised by it';
const count = z.int().nullable().describe(orKeptBack);

/**
 * Places by where they stand. `free` is what nobody holds: agreed and carried over, less withdrawn, carried on and taken.
 */
const figures = {
  agreed: z.int(),
  carriedOver: z.int().describe('Taken over from the year before'),
  withdrawn: z.int().describe('Taken back by a corporation, and still in the agreement'),
  carriedOn: z
    .int()
    .nullable()
    .describe(`Free when the year was closed, or later: the year after has them; ${orKeptBack}`),
  reserved: count,
  realised: count,
  free: count,
};

export const AgreementView = z
  .object({
    region: z.string(),
    year: z.int(),
    version: z.int().describe('Counts up with each amendment; the ETag'),
    changedAt: Instant,
    closed: z.object({ at: Instant, ...CloseAgreementBody.shape }).optional(),
    ...HousingAgreementBody.shape,
    carriedOver: z.array(AgreedPlaces),
    notCarriedOver,
  })
  .meta({ id: 'AgreementView', example: housingAgreement });
export type AgreementView = z.infer<typeof AgreementView>;

export const Utilisation = z
  .object({
    ...figures,
    notCarriedOver,
    queued: count,
    byCorporation: z.array(z.object({ corporation: Corporation, ...figures })),
    byMunicipality: z.array(z.object({ municipality: Municipality, ...figures })),
    byHousingForm: z.array(z.object({ housingForm: HousingForm, ...figures })),
    byNeighbourhood: z.array(
      z.object({
        neighbourhood: Neighbourhood,
        maximum: z.int().optional().describe('Places at the most; left out: no share was agreed'),
        reserved: count,
        realised: count,
      }),
    ),
  })
  .meta({ id: 'Utilisation', example: utilisation });
export type Utilisation = z.infer<typeof Utilisation>;

/** What decided that somebody stands behind the one in front. */
export const QueueReason = z.enum(['first', 'urgency-in-law', 'waiting-time', 'order-of-arrival']);
export type QueueReason = z.infer<typeof QueueReason>;

/** Why there is no place for somebody at this moment. */
export const HeldBack = z.enum(['nothing-agreed', 'no-place-free', 'spread-reached', 'agreement-closed']);
export type HeldBack = z.infer<typeof HeldBack>;

const inQueue = {
  position: z.int().describe('1 is next'),
  reason: QueueReason,
  sentence: z.string().describe('The reason for people, in the language asked for'),
  heldBack: HeldBack,
  heldBackSentence: z.string(),
};
const asked = {
  reservationId: z.uuid(),
  routeId: RouteId,
  wishes: PlaceWishes,
  urgentByLaw: z.boolean(),
  waitingSince: Instant,
};

export const QueueView = z
  .object({ items: z.array(z.object({ ...asked, ...inQueue })) })
  .meta({ id: 'QueueView', example: queue });
export type QueueView = z.infer<typeof QueueView>;

export const ReservationView = z
  .object({
    ...asked,
    status: z.enum(['queued', 'reserved', 'realised']),
    place: z
      .object({
        corporation: Corporation,
        municipality: Municipality,
        housingForm: HousingForm,
        neighbourhood: Neighbourhood.optional(),
      })
      .optional(),
    until: Instant.optional().describe('When a reserved place lapses'),
    queue: z.object(inQueue).optional(),
  })
  .meta({ id: 'ReservationView', example: reservation });
export type ReservationView = z.infer<typeof ReservationView>;
