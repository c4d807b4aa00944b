/** Bodies of what people send to the API. */
import { z } from 'zod';
import { Municipality, SubjectId } from './ids.ts';
import { OpeningAnswer, Person, Wishes } from './person.ts';
import { Debts, OfferRefusal, Origin, TargetGroup, Threat } from './vocabulary.ts';

const FreeText = z.string().trim().min(1).max(4000);

/** `POST /v1/routes`: the opening answer alone is enough to start. */
export const StartRouteBody = z
  .strictObject({
    openingAnswer: OpeningAnswer,
    origin: Origin,
    municipality: Municipality,
    caseManager: SubjectId,
    targetGroup: TargetGroup.optional().describe('Left out: the group of the origin'),
    region: z
      .string()
      .regex(/^[a-z-]{1,40}$/)
      .optional(),
    person: Person.optional(),
    wishes: Wishes.optional(),
    debts: Debts.optional(),
    threat: Threat.optional(),
    birthYear: z.int().min(1900).max(2100).optional().describe('Decides which rent cap holds'),
  })
  .meta({
    id: 'StartRoute',
    example: {
      openingAnswer: {
        missedSignals: 'Twee jaar huurachterstand, niemand belde aan',
        neededThen: 'Iemand die meeliep',
      },
      origin: 'shelter',
      municipality: 'GM0153',
      caseManager: 'cm-17',
    },
  });
export type StartRouteBody = z.infer<typeof StartRouteBody>;

/** `POST …/decision`: the intake's decision. */
export const DecisionBody = z
  .strictObject({
    granted: z.boolean(),
    housingForm: z
      .string()
      .regex(/^[a-z-]{1,40}$/)
      .optional()
      .describe('Code of the advised housing form'),
    reason: FreeText,
  })
  .meta({
    id: 'Decision',
    example: { granted: true, housingForm: 'own-home', reason: 'Klaar om zelfstandig te wonen' },
  });
export type DecisionBody = z.infer<typeof DecisionBody>;

/** `POST …/offers/{offerId}/answer`. */
export const OfferAnswerBody = z
  .union([
    z.strictObject({ accepted: z.literal(true) }),
    z.strictObject({ accepted: z.literal(false), reason: OfferRefusal, note: FreeText.optional() }),
  ])
  .meta({ id: 'OfferAnswer', example: { accepted: true } });
export type OfferAnswerBody = z.infer<typeof OfferAnswerBody>;

/** `POST …/steps/{stepId}/redo`: the step is asked again as a new attempt. */
export const RedoBody = z
  .strictObject({ reason: FreeText })
  .meta({ id: 'Redo', example: { reason: 'Bezwaar gemaakt; opnieuw aangevraagd' } });
export type RedoBody = z.infer<typeof RedoBody>;
