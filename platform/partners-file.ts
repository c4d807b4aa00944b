/** The file that PARTNERS_FILE names: where each partner is, how it knows us, and how we know it. */
import { z } from 'zod';
import { PartnerParty } from '../contracts/vocabulary.ts';
import { spokenTo, standardNames } from './partner-standards.ts';

/** Relative to the folder of this file. */
const File = z.string().min(1);

const Tls = z
  .strictObject({
    certFile: File.optional().describe('Our certificate for this partner, PEM, with what leads to its root'),
    keyFile: File.optional().describe('The private key of that certificate, PEM'),
    caFile: File.optional().describe(
      'Roots that this partner’s certificate must go back to, in place of the usual',
    ),
  })
  .refine(({ certFile, keyFile }) => !certFile === !keyFile, 'certFile and keyFile go together');
export type TlsFiles = z.infer<typeof Tls>;

const OAuth2 = z
  .strictObject({
    tokenUrl: z.url(),
    clientId: z.string().min(1),
    secretFile: File.optional().describe('The client’s secret'),
    secretIn: z
      .enum(['header', 'body'])
      .optional()
      .describe('client_secret_basic or, for who can’t read that, client_secret_post; left out: header'),
    keyFile: File.optional().describe('A private JWK with kid and alg, in its place: private_key_jwt'),
    issuer: z.string().min(1).optional().describe('Whom a private_key_jwt is for; left out: tokenUrl'),
    scope: z.string().min(1).optional(),
    audience: z.string().min(1).optional(),
    tls: Tls.optional().describe('For the token endpoint; left out: that of the partner'),
  })
  .refine(({ secretFile, keyFile }) => !(secretFile && keyFile), 'secretFile or keyFile, not both');
export type OAuth2Files = z.infer<typeof OAuth2>;

const Entry = z.strictObject({
  url: z.url().optional().describe('Left out: as PARTNER_URLS, NOTIFY_URL or PARTNERS_URL say'),
  standard: z.enum(standardNames).optional(),
  oauth2: OAuth2.optional(),
  tls: Tls.optional(),
});

/** Who is called: a partner, or the service that brings notices to people. */
export const DestinationName = z.enum([...PartnerParty.options, 'notifications']);
export type DestinationName = z.infer<typeof DestinationName>;

export const PartnersFile = z.partialRecord(DestinationName, Entry).superRefine((given, ctx) => {
  for (const [name, entry] of Object.entries(given)) {
    if (entry.standard && !spokenTo(name, entry.standard))
      ctx.addIssue({ code: 'custom', path: [name, 'standard'], message: 'is not spoken to this partner' });
    if (entry.standard === 'zgw' && entry.oauth2)
      ctx.addIssue({ code: 'custom', path: [name, 'oauth2'], message: 'ZGW has tokens of its own' });
  }
});
export type PartnersFile = z.infer<typeof PartnersFile>;
