/** Bodies of what people send to the API. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { FreeText } from './free-text.ts';
import { HousingFormId } from './housing-form.ts';
import { Area, Instant, Municipality, StepIdText, SubjectId } from './ids.ts';
import { MissedSignals } from './missed-signals.ts';
import { StepResult } from './partner-event.ts';
import { OpeningAnswer, Person, Wishes } from './person.ts';
import {
  AdviceReason,
  Debts,
  Ending,
  HoldKind,
  LadderReason,
  MoveReason,
  OfferRefusal,
  Origin,
  ProvisionReason,
  TargetGroup,
  Threat,
  Track,
} from './vocabulary.ts';

/** `POST /v1/routes`: the opening answer alone is enough to start. */
export const StartRouteBody = z
  .strictObject({
    openingAnswer: OpeningAnswer,
    origin: Origin,
    municipality: Municipality,
    caseManager: SubjectId,
    targetGroup: TargetGroup.optional().describe(
      'Id of a template (`GET /v1/target-groups`); left out: that of the origin',
    ),
    region: z
      .string()
      .regex(/^[a-z-]{1,40}$/)
      .optional()
      .describe(
        'Left out: the region whose rule set names the municipality. One that contradicts it is refused',
      ),
    person: Person.optional(),
    wishes: Wishes.optional(),
    debts: Debts.optional(),
    threat: Threat.optional(),
    reportedAt: Instant.optional().describe(
      'When the person was reported (melding), now at the latest: the intake is due by it; left out: now',
    ),
    missedSignals: MissedSignals.optional().describe(
      'The opening answer as codes, for a report on prevention; also later, by `PUT …/missed-signals`',
    ),
    birthYear: z
      .int()
      .min(1900)
      .max(2100)
      .optional()
      .describe('Decides which rent cap holds, and whether the intake is open where the region knows an age'),
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
    housingForm: HousingFormId.optional().describe(
      "Code of the advised form in the region's catalogue; a grant names one",
    ),
    ladderReason: LadderReason.optional().describe('Needed where the form is no direct own home'),
    reasons: z
      .array(AdviceReason)
      .max(4)
      .refine((reasons) => new Set(reasons).size === reasons.length, faults.reasonTwice.en)
      .meta({ uniqueItems: true })
      .optional()
      .describe('Why this form is advised, as codes that can be counted'),
    reason: FreeText,
  })
  .refine(({ granted, housingForm }) => !granted || housingForm !== undefined, {
    path: ['housingForm'],
    error: faults.formOfGrant.en,
  })
  .meta({
    id: 'Decision',
    example: {
      granted: true,
      housingForm: 'own-home',
      reasons: ['own-wish', 'skills'],
      reason: 'Klaar om zelfstandig te wonen',
    },
  });
export type DecisionBody = z.infer<typeof DecisionBody>;

/** `POST …/notes`. */
export const NoteBody = z
  .strictObject({ note: FreeText })
  .meta({ id: 'Note', example: { note: 'Belde af voor vrijdag, komt maandag langs' } });

/** `PUT …/application`: when it was received. */
export const ApplicationBody = z
  .strictObject({ receivedAt: Instant.describe('When the application (aanvraag) came, now at the latest') })
  .meta({ id: 'Application', example: { receivedAt: '2026-11-02T09:00:00Z' } });
export type ApplicationBody = z.infer<typeof ApplicationBody>;

/** `POST …/temporary-provision`: at once, until the decision. */
export const TemporaryProvisionBody = z
  .strictObject({ reason: ProvisionReason, note: FreeText.optional() })
  .meta({ id: 'TemporaryProvision', example: { reason: 'no-roof', note: 'Vannacht op straat' } });
export type TemporaryProvisionBody = z.infer<typeof TemporaryProvisionBody>;

/** `POST …/offers/{offerId}/answer`. */
export const OfferAnswerBody = z
  .union([
    z.strictObject({ accepted: z.literal(true) }),
    z.strictObject({ accepted: z.literal(false), reason: OfferRefusal, note: FreeText.optional() }),
  ])
  .meta({ id: 'OfferAnswer', example: { accepted: true } });
export type OfferAnswerBody = z.infer<typeof OfferAnswerBody>;

/** `PUT …/excluded-areas`: in place of those that were named before. */
export const ExcludedAreasBody = z
  .strictObject({
    areas: z
      .array(Area)
      .max(20)
      .refine((areas) => new Set(areas).size === areas.length, faults.areaTwice.en)
      .meta({ uniqueItems: true })
      .describe('None: no area any more; those of offers that were refused as unsafe stay excluded'),
  })
  .meta({ id: 'ExcludedAreas', example: { areas: ['BU01530101', '7511'] } });
export type ExcludedAreasBody = z.infer<typeof ExcludedAreasBody>;

/** `PUT …/shelter-address`: sealed at the edge, and never shown again. */
export const ShelterAddressBody = z
  .strictObject({ address: z.string().trim().min(1).max(200) })
  .meta({ id: 'ShelterAddress', example: { address: 'Voorbeeldstraat 1, 7500 AA Voorbeeldstad' } });
export type ShelterAddressBody = z.infer<typeof ShelterAddressBody>;

/** Why somebody repairs, ends or hands over something. */
export const ReasonBody = z
  .strictObject({ reason: FreeText })
  .meta({ id: 'Reason', example: { reason: 'Afgesproken in het casusoverleg van 2 november' } });
export type ReasonBody = z.infer<typeof ReasonBody>;

/** `POST …/steps/{stepId}/objection`: to a refusal of a public body. */
export const ObjectionBody = z
  .strictObject({
    reason: FreeText,
    lodgedOn: z.iso
      .date()
      .optional()
      .describe('The day on which it was lodged, today at the latest; left out: now'),
  })
  .meta({
    id: 'Objection',
    example: { reason: 'Zij is hier ingezetene en heeft nergens een adres', lodgedOn: '2026-11-20' },
  });
export type ObjectionBody = z.infer<typeof ObjectionBody>;

/** `POST …/steps/{stepId}/complete`: on a partner's behalf. */
export const CompleteBody = z
  .strictObject({ reason: FreeText, result: StepResult.optional() })
  .meta({ id: 'Complete', example: { reason: 'Telefonisch bevestigd door de schuldhulpverlening' } });
export type CompleteBody = z.infer<typeof CompleteBody>;

/** `POST …/closure`: ends a route before its time. */
export const ClosureBody = z
  .strictObject({
    reason: FreeText,
    ending: Ending.extract(['closed-early', 'deceased', 'disappeared', 'detained'])
      .optional()
      .describe(
        'Left out: closed-early. `disappeared` and `detained` end a hold of that kind, after the time in the rules',
      ),
  })
  .meta({ id: 'Closure', example: { reason: 'Overleden op 2 november', ending: 'deceased' } });
export type ClosureBody = z.infer<typeof ClosureBody>;

/** `POST …/hold`: all terms stand still until then. */
export const HoldBody = z
  .strictObject({
    until: Instant.optional().describe(
      'When the route goes on by itself: the agreed day, or the known end of the detention; none for somebody who is out of contact',
    ),
    kind: HoldKind.optional().describe('Left out: agreed'),
    reason: FreeText,
  })
  .refine(({ kind, until }) => (kind === 'out-of-contact') === (until === undefined), {
    path: ['until'],
    error: faults.untilOfHold.en,
  })
  .meta({ id: 'HoldRoute', example: { until: '2027-01-15T08:00:00Z', reason: 'Opname in de kliniek' } });
export type HoldBody = z.infer<typeof HoldBody>;

/** `PUT …/case-manager`: hands over. */
export const CaseManagerBody = z
  .strictObject({ caseManager: SubjectId, reason: FreeText.optional() })
  .meta({ id: 'CaseManager', example: { caseManager: 'cm-21' } });
export type CaseManagerBody = z.infer<typeof CaseManagerBody>;

/** `PUT …/rule-set`: takes over another set for the steps to come. */
export const AdoptRulesBody = z
  .strictObject({
    ruleSet: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .describe('Id of a national set'),
    reason: FreeText,
  })
  .meta({ id: 'AdoptRules', example: { ruleSet: 'nl', reason: 'Nieuwe afspraken per 1 januari' } });
export type AdoptRulesBody = z.infer<typeof AdoptRulesBody>;

/** `POST …/moves`: the person moved. */
export const MoveBody = z
  .strictObject({
    to: HousingFormId.describe("Code of the form in the region's catalogue"),
    forced: z.boolean().describe('It was not the person who wanted to move'),
    reason: MoveReason,
    date: z.iso.date().describe('The day of the move, today at the latest'),
  })
  .refine(({ forced, reason }) => !(forced && reason === 'own-wish'), {
    path: ['forced'],
    error: faults.forcedByWish.en,
  })
  .meta({
    id: 'RecordMove',
    example: { to: 'own-home', forced: true, reason: 'unsafe', date: '2026-11-02' },
  });
export type MoveBody = z.infer<typeof MoveBody>;

/** `POST …/reopenings`: a track is opened again after a relapse. */
export const ReopenBody = z
  .strictObject({
    track: Track,
    from: StepIdText.optional().describe('The first step to be done anew; left out: the first of the track'),
    reason: FreeText,
  })
  .meta({
    id: 'Reopening',
    example: { track: 'cti', from: 'cti.transition', reason: 'Gedwongen verhuizing' },
  });
export type ReopenBody = z.infer<typeof ReopenBody>;
