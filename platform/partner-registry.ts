/** Loads who may tell news as which party, and the keys by which they sign. A wrong file stops the start, with its fault. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, type FlattenedVerifyGetKey, type JSONWebKeySet } from 'jose';
import type { z } from 'zod';
import { PartnerRegistry, sourceUrn, type PartnerOrganisation } from '../contracts/partner-registry.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { SettingsError } from './settings.ts';

/** The played partners of `simulator/`; who has others names a file of their own. */
const played = join(import.meta.dirname, '..', 'examples', 'partners', 'registry.json');

/** Finds the key that a signature names. */
export type SigningKeys = FlattenedVerifyGetKey;

export interface Organisation {
  readonly oin: string;
  /** The `source` of each of its systems. */
  readonly sources: readonly string[];
  /** It must sign what it tells; left out: it need not. */
  readonly keys?: SigningKeys;
}

/** By party who may speak for it. */
export type PartnerBook = Partial<Readonly<Record<PartnerParty, readonly Organisation[]>>>;

/**
 * Reads the registry of partners.
 * @param file - left out: the played partners
 * @throws SettingsError: one line that names file and fault
 */
export async function loadPartners(file = played): Promise<PartnerBook> {
  const parsed = PartnerRegistry.safeParse(await readJson(file, file));
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue];
    throw fault(file, [path.join('.'), message].filter(Boolean).join(': '));
  }
  const entries = Object.entries(parsed.data).map(async ([party, organisations]) => {
    const oins = organisations.map(({ oin }) => oin);
    if (new Set(oins).size < oins.length) throw fault(file, `${party}: names an OIN twice`);
    return [party, await Promise.all(organisations.map((each) => organisationOf(file, each)))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function organisationOf(file: string, given: PartnerOrganisation): Promise<Organisation> {
  const { oin, systems, jwks } = given;
  const sources = systems.map((system) => sourceUrn(oin, system));
  return { oin, sources, ...(jwks && { keys: await keysAt(file, jwks) }) };
}

async function keysAt(file: string, jwks: string): Promise<SigningKeys> {
  if (/^https?:/.test(jwks)) {
    if (!URL.canParse(jwks)) throw fault(file, 'jwks: is no URL');
    const url = new URL(jwks);
    // Whoever can change the keys on their way can sign anything.
    if (url.protocol === 'http:' && !['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname))
      throw fault(file, 'jwks: must be an https URL, or one of this machine');
    // An hour without the partner's keys is no hour without its news.
    return createRemoteJWKSet(url, { timeoutDuration: 2000, cacheMaxAge: 3_600_000 });
  }
  const set = (await readJson(file, resolve(dirname(file), jwks))) as Partial<JSONWebKeySet>;
  const keys = Array.isArray(set?.keys) ? set.keys : [];
  if (keys.length === 0) throw fault(file, `${jwks} holds no keys (JWKS)`);
  if (keys.some((key) => 'd' in key || 'k' in key)) throw fault(file, `${jwks} holds a key that is secret`);
  return createLocalJWKSet({ keys });
}

async function readJson(registry: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw fault(registry, isMissing ? `${file} is not there` : `${file} is no JSON that can be read`);
  }
}

const fault = (file: string, what: string): SettingsError =>
  new SettingsError(`Wrong setting: PARTNER_REGISTRY: ${file}: ${what}`);
