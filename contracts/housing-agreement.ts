/** The housing agreement of a region and a year: what is agreed, who reserves a place, and what is shown of it. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { Instant, Municipality, RouteId } from './ids.ts';

const Code = z.string().regex(/^[a-z0-9-]{1,30}$/, faults.code.en);

/** A region's code, as its rule set names it. */
export const Region = z.string().regex(/^[a-z-]{1,40}$/, faults.region.en);
export const Year = z.string().regex(/^20\d\d$/, faults.year.en);

/** A housing corporation of the region; the parties' own short name. */
export const Corporation = Code.describe('Code of a housing corporation, such as de-woonplaats');
export const HousingForm = Code.describe('Code of a housing form, such as own-home');

/** CBS neighbourhood (buurt); its first four digits are its municipality's. */
export const Neighbourhood = z
  .string()
  .regex(/^BU\d{8}$/, faults.neighbourhood.en)
  .describe('CBS neighbourhood code (buurt), such as BU01530101');

/** How many places one corporation makes available in one municipality, of one housing form. */
export const AgreedPlaces = z
  .strictObject({
    corporation: Corporation,
    municipality: Municipality,
    housingForm: HousingForm,
    places: z.int().min(0).max(800),
  })
  .meta({ id: 'AgreedPlaces' });
export type AgreedPlaces = z.infer<typeof AgreedPlaces>;

/** The largest part of a municipality's places that goes to one neighbourhood. */
export const SpreadShare = z
  .strictObject({
    neighbourhood: Neighbourhood,
    maximumShare: z
      .number()
      .min(0)
      .max(1)
      .describe("Of the places in the neighbourhood's municipality; rounded down to whole places"),
  })
  .meta({ id: 'SpreadShare' });
export type SpreadShare = z.infer<typeof SpreadShare>;

const lineOf = (each: AgreedPlaces) => `${each.corporation} ${each.municipality} ${each.housingForm}`;
const areDistinct = (keys: readonly string[]) => new Set(keys).size === keys.length;

const terms = {
  agreed: z
    .array(AgreedPlaces)
    .min(1)
    .max(200)
    .refine((all) => areDistinct(all.map(lineOf)), faults.lineTwice.en)
    .refine((all) => all.reduce((sum, { places }) => sum + places, 0) <= 800, faults.tooManyPlaces.en),
  spread: z
    .array(SpreadShare)
    .max(300)
    .refine((all) => areDistinct(all.map(({ neighbourhood }) => neighbourhood)), faults.neighbourhoodTwice.en)
    .default([])
    .describe('A neighbourhood that is not named has no maximum'),
  reservationDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('How long a place is reserved, in days, where the request names no end'),
};

/** `PUT /v1/housing-agreements/{region}/{year}`: makes the agreement, or amends it. */
export const HousingAgreementBody = z.strictObject(terms).meta({
  id: 'HousingAgreement',
  example: {
    agreed: [
      { corporation: 'de-woonplaats', municipality: 'GM0153', housingForm: 'own-home', places: 40 },
      { corporation: 'domijn', municipality: 'GM0153', housingForm: 'own-home', places: 25 },
    ],
    spread: [{ neighbourhood: 'BU01530101', maximumShare: 0.1 }],
    reservationDays: 30,
  },
});
export type HousingAgreementBody = z.infer<typeof HousingAgreementBody>;

/** What a person can do with: any of these. A list that is left out, or empty, stands for all. */
export const PlaceWishes = z
  .strictObject({
    corporations: z.array(Corporation).max(3).optional(),
    municipalities: z.array(Municipality).max(3).optional(),
    housingForms: z.array(HousingForm).max(3).optional(),
    neighbourhoods: z.array(Neighbourhood).max(3).optional(),
  })
  .meta({ id: 'PlaceWishes' });
export type PlaceWishes = z.infer<typeof PlaceWishes>;

/** `POST …/reservations`: a place for a route, or a place in the queue. */
export const ReserveBody = z
  .strictObject({
    routeId: RouteId,
    wishes: PlaceWishes.default({}),
    urgentByLaw: z
      .boolean()
      .default(true)
      .describe(
        "Belongs to those whom Huisvestingswet art. 12(3) gives urgency, as everybody does who leaves a shelter, a women's shelter or sheltered living",
      ),
    waitingSince: Instant.optional().describe('Since when the person waits for a home; left out: now'),
    until: Instant.optional().describe(
      'End of the reservation; left out, or passed when a place is granted: as the agreement says',
    ),
  })
  .meta({
    id: 'Reserve',
    example: {
      routeId: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22',
      wishes: { municipalities: ['GM0153'], housingForms: ['own-home'] },
      urgentByLaw: true,
      waitingSince: '2026-08-03T00:00:00Z',
    },
  });
export type ReserveBody = z.infer<typeof ReserveBody>;

/** `POST …/reservations/{reservationId}/confirmation`: the place has become a home. */
export const ConfirmBody = z
  .strictObject({
    neighbourhood: Neighbourhood.optional().describe('Where the home is; left out: as it was reserved'),
  })
  .meta({ id: 'Confirmation', example: { neighbourhood: 'BU01530204' } });
export type ConfirmBody = z.infer<typeof ConfirmBody>;

/** `POST …/reservations/{reservationId}/withdrawal`: the corporation takes back what it had reserved. */
export const WithdrawBody = z
  .strictObject({
    placeStays: z
      .boolean()
      .describe('true: the home is off, the place stays in the agreement; false: the place is gone as well'),
  })
  .meta({ id: 'Withdrawal', example: { placeStays: true } });
export type WithdrawBody = z.infer<typeof WithdrawBody>;

/** `POST …/closure`: what goes to the agreement of the next year. */
export const CloseAgreementBody = z
  .strictObject({
    carryOver: z.strictObject({
      places: z.boolean().describe('Places that nobody holds, now and later'),
      queue: z.boolean().describe('Who still waits, with their waiting dates'),
    }),
  })
  .meta({ id: 'AgreementClosure', example: { carryOver: { places: true, queue: true } } });
export type CloseAgreementBody = z.infer<typeof CloseAgreementBody>;
