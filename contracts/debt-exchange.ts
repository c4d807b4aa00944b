/**
 * The exchange model for debt counselling (DDAS, Uitwisselmodel schuldhulpverlening 1.0): the part of it that a route
 * can say something about. Names of fields and codes are the model's own, so they are Dutch, and of several styles.
 */
import { z } from 'zod';

const Day = z.iso.date().describe('Day in Amsterdam');
const from = (startdatum: string, einddatum: string) => ({
  startdatum: Day.optional().describe(startdatum),
  einddatum: Day.optional().describe(einddatum),
});

export const DebtSolution = z.enum([
  'Betalingsregeling',
  'Herfinanciering',
  'Saneringskrediet',
  'Schuldbemiddeling',
  '0%-aanbod',
]);
export type DebtSolution = z.infer<typeof DebtSolution>;

/** The model's codes for budgetbeheer, bewind and coaching, as far as a route tells them apart. */
const DebtGuidance = z.enum(['Budgetbeheer', 'Beschermingsbewind', 'Budgetcoaching']);
export type DebtGuidance = z.infer<typeof DebtGuidance>;

const Client = z.strictObject({
  Burgerservicenummer: z.string().optional(),
  Geboortedatum: z.string().optional(),
  Postcode: z.string().optional(),
  Huisnummer: z.string().optional(),
});

const Track = z.strictObject({
  gemeentecode: z.string().describe('The four digits of the CBS code'),
  ...from('As that of aanmelding', 'Final discharge'),
  toekenningsdatum: Day.optional().describe('As schuldregeling.toegekend'),
  aanmelding: z
    .strictObject({
      ...from('The debt service took the registration', 'It registered the person'),
      crisisinterventie: z
        .literal(true)
        .optional()
        .describe('A threat of Wgs art. 4(2) is known; else left out'),
    })
    .optional(),
  client: z.array(Client).min(1).max(1).optional(),
  intake: z
    .strictObject({
      ...from('First talk', 'As beschikkingsdatum'),
      beschikkingsdatum: Day.optional().describe('Decision on the plan'),
      beschikkingssoort: z.enum(['Toelatingsbeschikking', 'Afwijzingsbeschikking']).optional(),
    })
    .optional(),
  planVanAanpak: z.strictObject({ datumAfronding: Day.optional() }).optional(),
  stabilisatie: z.strictObject(from('The debt service was asked for it', 'Stabilised')).optional(),
  schuldregeling: z
    .strictObject({
      datum: Day.optional().describe('The debt service was asked for the arrangement'),
      toegekend: Day.optional(),
      afgewezen: Day.optional(),
      dwangakkoord: z.literal(true).optional().describe('The court was asked for a compulsory settlement'),
      datumVerzoekDwangakkoord: Day.optional(),
    })
    .optional(),
  moratoria: z
    .array(z.strictObject(from('It began', 'It ended')))
    .min(1)
    .max(1)
    .optional(),
  begeleiding: z
    .array(z.strictObject({ soort: DebtGuidance, startdatum: Day.describe('The debt service told of it') }))
    .min(1)
    .max(1)
    .optional(),
  oplossing: z
    .strictObject({ ...from('Repayment began', 'Repayment ended'), soort: DebtSolution.optional() })
    .optional(),
  uitstroom: z.strictObject({ datum: Day, reden: z.literal('Afgerond') }).optional(),
});

/** `GET …/debt-exchange`: a delivery of one debt track. What the route does not know is left out. */
export const DebtExchange = z
  .strictObject({
    startdatumLevering: Day.describe('The first day of the track'),
    einddatumLevering: Day.describe('The day of this answer'),
    aanleverdatumEnTijd: z.iso.datetime(),
    codeGegevensleverancier: z.string().describe('Setting DDAS_SUPPLIER'),
    leveringen: z
      .array(
        z.strictObject({
          teller: z.literal(1),
          aanleverende_organisatie: z.strictObject({ gemeentecode: z.string() }),
          schuldhulptrajecten: z.array(Track).length(1),
        }),
      )
      .length(1),
  })
  .meta({
    id: 'DebtExchange',
    example: {
      startdatumLevering: '2026-11-09',
      einddatumLevering: '2027-02-01',
      aanleverdatumEnTijd: '2027-02-01T09:00:00Z',
      codeGegevensleverancier: 'unassigned',
      leveringen: [
        {
          teller: 1,
          aanleverende_organisatie: { gemeentecode: '0153' },
          schuldhulptrajecten: [
            {
              gemeentecode: '0153',
              startdatum: '2026-11-09',
              aanmelding: { startdatum: '2026-11-09', einddatum: '2026-11-11', crisisinterventie: true },
              client: [{ Burgerservicenummer: '999990019' }],
              intake: { startdatum: '2026-11-16' },
            },
          ],
        },
      ],
    },
  });
export type DebtExchange = z.infer<typeof DebtExchange>;
export type DebtTrack = z.infer<typeof Track>;
