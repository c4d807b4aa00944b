/** Settings of what the worker calls: where partners are, and which hosts may be called at all. */
import { z } from 'zod';
import { partnerStandards } from './partner-standards.ts';
import { DestinationName } from './partners-file.ts';

const byName = <V extends z.ZodType<unknown, string>>(value: V, what: string) =>
  z
    .string()
    .default('{}')
    .transform((text, ctx) => {
      try {
        return z.partialRecord(DestinationName, value).parse(JSON.parse(text));
      } catch {
        ctx.addIssue({ code: 'custom', message: `must be a JSON object of party to ${what}` });
        return z.NEVER;
      }
    });

/** Hosts with commas between, each as it stands in a URL: with its port, unless that is the usual one. */
const hosts = z
  .string()
  .optional()
  .transform((text, ctx) => {
    const named = text?.split(',').map((host) => host.trim().toLowerCase());
    if (named?.every((host) => /^(\[[\da-f:]+\]|[\w.-]+)(:\d+)?$/.test(host)) ?? true) return named;
    ctx.addIssue({ code: 'custom', message: 'must be host or host:port, with commas between' });
    return z.NEVER;
  });

export const outboundVariables = {
  PARTNERS_URL: z
    .url()
    .optional()
    .describe('Base of every partner that has no own URL; left out: the played partners of development'),
  PARTNER_URLS: byName(z.url(), 'URL').describe('For partners that live elsewhere'),
  PARTNER_STANDARDS: partnerStandards,
  NOTIFY_URL: z.url().optional().describe('Base of the notification service; left out: PARTNERS_URL'),
  PARTNERS_FILE: z
    .string()
    .optional()
    .describe('JSON file of addresses, OAuth 2 clients and certificates (platform/partners-file.ts)'),
  PARTNERS_RELOAD_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3600)
    .default(5)
    .describe('How often that file and those it names are looked at for changes; 0: never'),
  PARTNER_SECRETS: byName(z.string().min(1), 'secret').describe(
    'Secrets of OAuth 2 clients, where PARTNERS_FILE names no file for one',
  ),
  PARTNER_HOSTS: hosts.describe('No other host is called; left out: those of the addresses that are set'),
  PARTNER_HTTP_HOSTS: hosts.describe(
    'Hosts besides loopback that may be called without TLS: for development',
  ),
};
