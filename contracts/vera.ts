/**
 * What passes to and from a housing corporation that speaks VERA, the data standard of the sector: the part of
 * Woonruimteverdeling 4.3 that this product writes and reads. VERA asks for no field at all; what is asked for here is
 * what a route can't do without. Names of fields and codes are VERA's own, so they are Dutch.
 */
import { z } from 'zod';

/** A code of VERA's reference data. */
const Reference = z.object({ code: z.string(), naam: z.string().optional() });
/** VERA's own way to say what its model has no field for. */
const ExtraAttribute = z.object({ naam: z.string(), waarde: z.string() });

/** Keys by which an entity is known, and what any message may say besides. */
const message = {
  id: z.string().optional().describe("The corporation's own key"),
  idExtern: z.string().optional().describe('The request that the entity was made for'),
  idOrganisatie: z.string().optional().describe('Whose idExtern it is: the municipality'),
  code: z.string().optional(),
  'extra-attributen': z.array(ExtraAttribute).optional(),
};

export const Aanbieding = z
  .object({
    ...message,
    status: Reference.optional(),
    detailStatus: Reference.optional(),
  })
  .meta({
    id: 'Aanbieding',
    example: {
      id: 'A-4711',
      idExtern: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22:housing.offer:1',
      status: { code: 'AAN', naam: 'Aangeboden' },
      'extra-attributen': [
        { naam: 'woonvorm', waarde: 'own-home' },
        { naam: 'buurt', waarde: '7511' },
        { naam: 'rekenhuur', waarde: '612.40' },
      ],
    },
  });
export const Toewijzing = z
  .object({
    ...message,
    overeenkomst: z.url().optional().describe('The tenancy contract, in the domain Overeenkomsten'),
  })
  .meta({
    id: 'Toewijzing',
    example: {
      id: 'T-31',
      idExtern: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22:housing.contract:1',
      code: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22',
      overeenkomst: 'https://overeenkomsten.example/v4/overeenkomsten/77',
    },
  });
export const Voorrangsregeling = z
  .object({
    ...message,
    soort: Reference.optional(),
    begindatum: z.iso.datetime().optional(),
  })
  .meta({
    id: 'Voorrangsregeling',
    example: {
      id: 'V-9',
      idExtern: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22:housing.urgency:1',
      soort: { code: 'URG', naam: 'Urgentie' },
      begindatum: '2026-11-20T00:00:00Z',
    },
  });
export type Aanbieding = z.infer<typeof Aanbieding>;
export type Toewijzing = z.infer<typeof Toewijzing>;
export type Voorrangsregeling = z.infer<typeof Voorrangsregeling>;
export type VeraMessage = Aanbieding | Toewijzing | Voorrangsregeling;

/** Path of each entity, in the plural as VERA has it. */
export const veraPaths = {
  aanbieding: '/aanbiedingen',
  toewijzing: '/toewijzingen',
  voorrangsregeling: '/voorrangsregelingen',
} as const;
export type VeraEntity = keyof typeof veraPaths;

/** Which entity a step of the corporation is about. Keys are ids of steps. */
export const veraEntities: Readonly<Record<string, VeraEntity>> = {
  'housing.urgency': 'voorrangsregeling',
  'housing.offer': 'aanbieding',
  'housing.contract': 'toewijzing',
  'housing.key-handover': 'toewijzing',
  'housing.lease-takeover': 'toewijzing',
};

/** Reference data VOORRANGSOORT and AANBIEDINGSTATUS (Aedes-datastandaarden/vera-referentiedata). */
export const veraCodes = {
  urgency: { code: 'URG', naam: 'Urgentie' },
  offered: { code: 'AAN', naam: 'Aangeboden' },
  withdrawn: { code: 'ING', naam: 'Ingetrokken' },
} as const;

/** The statuses of an offer: offered, withdrawn, refused, and accepted (of which the route knows by itself). */
export const veraOfferStatuses: ReadonlySet<string> = new Set(['AAN', 'ING', 'GEW', 'TOE']);

/** Names of the extra attributes, both ways. */
export const veraAttributes = {
  asks: 'verzoek',
  dueAt: 'uiterlijkeDatum',
  basis: 'grondslag',
  replyTo: 'antwoordadres',
  bsn: 'bsn',
  name: 'naam',
  birthDate: 'geboortedatum',
  postcode: 'postcode',
  houseNumber: 'huisnummer',
  birthYear: 'geboortejaar',
  housingForm: 'woonvorm',
  area: 'buurt',
  monthlyRent: 'rekenhuur',
  lease: 'huurvorm',
  excludedAreas: 'uitgeslotenGebieden',
  place: 'gereserveerdePlek',
  offerId: 'aanbieding',
  keysHandedOver: 'sleuteloverdracht',
} as const;

/** Header that says which request a message is about: by VERA "code bedoeld voor correlatie". */
export const veraReferenceHeader = 'x-stuurgegevens-referentienummer';
/** Header with the organisation that sends. */
export const veraSenderHeader = 'x-stuurgegevens-zender-organisatie';
