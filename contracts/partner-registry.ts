/** Which organisations speak for each party, with which systems: the file that the setting PARTNER_REGISTRY names. */
import { z } from 'zod';
import { faults } from './faults.ts';
import { PartnerParty } from './vocabulary.ts';

const systemName = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}';

/** Who sends an event, under the NL GOV profile: the organisation by its OIN, and its system. */
export const EventSource = z
  .string()
  .regex(new RegExp(`^urn:nld:oin:\\d{20}:systeem:${systemName}$`), faults.source.en);

/** Organisatie-identificatienummer. */
export const Oin = z.string().regex(/^\d{20}$/, faults.oin.en);

export const PartnerOrganisation = z.strictObject({
  oin: Oin,
  systems: z
    .array(z.string().regex(new RegExp(`^${systemName}$`), 'must be the name of a system'))
    .min(1)
    .describe('Names of its systems that may tell news'),
  jwks: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Public keys (JWKS), as an https URL or a file beside this one. It must sign what it tells; left out: it need not',
    ),
});
export type PartnerOrganisation = z.infer<typeof PartnerOrganisation>;

/** A party that is not named tells nothing. */
export const PartnerRegistry = z.partialRecord(PartnerParty, z.array(PartnerOrganisation).min(1));
export type PartnerRegistry = z.infer<typeof PartnerRegistry>;

/** The source of a system's events. */
export const sourceUrn = (oin: string, system: string): string => `urn:nld:oin:${oin}:systeem:${system}`;
