/** What partners tell: CloudEvents under the NL GOV profile, one schema per type. */
import { z } from 'zod';
import { ConcernKind } from './concern.ts';
import { FreeText } from './free-text.ts';
import { DebtProgress, Guidance } from './debt-progress.ts';
import { faults } from './faults.ts';
import { MessageId, OfferId, RequestId, RouteId } from './ids.ts';
import { EventSource } from './partner-registry.ts';
import { SkillLevels } from './skills.ts';
import { Debts, Lease, Receipt, Threat } from './vocabulary.ts';

const Code = z.string().regex(/^[a-z0-9-]{1,60}$/, faults.code.en);

/** Results by step: codes only. A step that is not listed has none. */
export const StepResult = z
  .strictObject({
    addressKnown: z.boolean().optional().describe('intake.registry-check: a home address is registered'),
    debts: Debts.optional().describe('intake.debt-screening'),
    threat: Threat.optional().describe('intake.debt-screening'),
    missingSkills: z.array(Code).max(20).optional().describe('intake.skills'),
    solution: Code.optional().describe(
      'debt.plan: the kind of arrangement: `payment-arrangement`, `refinancing`, `restructuring-credit`, `debt-mediation`, `zero-offer`; another code is kept as it is',
    ),
    weeksToResult: z.int().min(1).max(260).optional().describe('debt.first-talk (Wgs art. 4(3))'),
    guidance: Guidance.optional().describe('debt.guidance: which it is'),
    ruledOn: z.iso.date().optional().describe('debt.statutory-scheme: day of the ruling; left out: today'),
    months: z
      .int()
      .min(1)
      .max(60)
      .optional()
      .describe('debt.statutory-scheme: how many months the court set; left out: as the rule says'),
    skills: SkillLevels.optional().describe(
      'housing.training: the levels now, by skill; others stay as they were',
    ),
  })
  .meta({ id: 'StepResult' });
export type StepResult = z.infer<typeof StepResult>;

export const StepCompletedData = z.strictObject({
  requestId: RequestId,
  result: StepResult.optional(),
  note: FreeText.optional().describe('For people; sealed at the edge'),
});
export const StepRefusedData = z.strictObject({
  requestId: RequestId,
  reason: Code.describe('Why, as a code'),
  note: FreeText.optional(),
});
export const OfferMadeData = z.strictObject({
  requestId: RequestId,
  offerId: OfferId,
  housingForm: Code,
  area: z
    .string()
    .max(80)
    .regex(/^(BU\d{8}|\d{4}( ?[A-Z]{2})?|'?[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ' .-]{0,38})$/, faults.offeredArea.en)
    .optional()
    .describe(
      'A CBS neighbourhood code or a postcode is held against the excluded areas; the name of a neighbourhood is shown. No address: nobody is to be recognised by it',
    ),
  monthlyRent: z.number().positive().optional().describe('Euro per month that counts for rent allowance'),
  lease: Lease.optional().describe('Left out: own'),
});
export const OfferWithdrawnData = z.strictObject({
  offerId: OfferId,
  reason: Code.describe('`answer-term-passed`: nobody answered in time, the offer has lapsed'),
});
export const CommitmentData = z.strictObject({ requestId: RequestId, note: FreeText.optional() });
export const ConcernRaisedData = z.strictObject({
  kind: ConcernKind,
  note: FreeText.optional(),
});

const prefix = 'nl.uitstroomroutes';

/** RFC 3986. What it points at is never fetched. */
const character = "(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=[\\]-]|%[0-9A-Fa-f]{2})";
const Uri = z
  .string()
  .max(2000)
  .regex(new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:${character}+$`), faults.uri.en);
const UriReference = z
  .string()
  .max(2000)
  .regex(new RegExp(`^${character}+$`), faults.uriReference.en);

const envelope = {
  specversion: z.literal('1.0'),
  id: MessageId,
  source: EventSource,
  subject: RouteId.describe('The route this is about'),
  time: z.iso
    .datetime({ offset: true })
    .describe('RFC 3339: when it was recorded at the partner. Needed here, though optional in CloudEvents'),
  datacontenttype: z
    .string()
    .regex(/^application\/json( *; *charset=[uU][tT][fF]-8)?$/, faults.json.en)
    .default('application/json'),
  dataschema: Uri.optional().describe('A URI; never fetched'),
  dataref: UriReference.optional().describe('A URI reference; never fetched'),
  sequence: z.string().min(1).max(200).optional(),
  sequencetype: z.string().min(1).max(200).optional().describe('`Integer`, or what both sides agree on'),
};
const event = <const T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...envelope, type: z.literal(`${prefix}.${type}.v1`), data });

/**
 * Any event a partner may send. Other extension attributes are allowed by CloudEvents: the API holds them against its
 * rules of names and types, and they are dropped here.
 */
export const PartnerEvent = z
  .discriminatedUnion('type', [
    event('step-completed', StepCompletedData),
    event('step-refused', StepRefusedData),
    event('offer-made', OfferMadeData),
    event('offer-withdrawn', OfferWithdrawnData),
    event('commitment-given', CommitmentData),
    event('commitment-declined', CommitmentData),
    event('commitment-broken', CommitmentData),
    event('concern-raised', ConcernRaisedData),
    event('debt-progress', DebtProgress),
  ])
  .meta({
    id: 'PartnerEvent',
    example: {
      specversion: '1.0',
      id: '5a0c7ab4-9f3e-4c43-8a8f-0f1f5a3b9c11',
      source: 'urn:nld:oin:00000001003214345000:systeem:debt-service',
      subject: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22',
      type: `${prefix}.step-completed.v1`,
      time: '2026-11-02T09:30:00Z',
      datacontenttype: 'application/json',
      data: { requestId: '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22:debt.first-talk:1' },
    },
  });
export type PartnerEvent = z.infer<typeof PartnerEvent>;

/** The answer to an event. */
export const ReceiptBody = z
  .strictObject({
    receipt: Receipt,
    reason: Code.optional().describe('Why an event came too late, as a code'),
    reasonSentence: z.string().optional().describe('The same in words'),
  })
  .meta({ id: 'ReceiptBody', example: { receipt: 'applied' } });
export type ReceiptBody = z.infer<typeof ReceiptBody>;
