/** What the adapter for ZGW stands on: the municipalities' catalogues, and a token for each call. */
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { ZgwCatalogues } from '../contracts/zgw.ts';
import { SettingsError, type WorkerSettings } from './settings.ts';

export interface Zgw {
  readonly catalogues: ZgwCatalogues;
  /** A fresh token: ZGW goes by the moment at which one was made. */
  readonly token: () => Promise<string>;
}

/** Who is said to call, in the record system's audit trail: this product, never a person. */
const caller = { user_id: 'outflow-routes', user_representation: 'Outflow routes' };

/**
 * Reads the catalogues and the secret, once, at the start.
 * @throws SettingsError naming what is missing or wrong; never a value, which may be the secret
 */
export function readZgw(settings: WorkerSettings): Zgw {
  const { ZGW_CATALOGUE, ZGW_CLIENT_ID, ZGW_SECRET, ZGW_SECRET_FILE } = settings;
  if (!ZGW_CATALOGUE || !ZGW_CLIENT_ID)
    throw new SettingsError(
      'Wrong setting: ZGW_CATALOGUE, ZGW_CLIENT_ID: must be set for a partner that speaks zgw',
    );
  const secret = ZGW_SECRET ?? textOf('ZGW_SECRET_FILE', ZGW_SECRET_FILE ?? '').trim();
  if (secret === '') throw new SettingsError('Wrong setting: ZGW_SECRET_FILE: the file is empty');
  const key = new TextEncoder().encode(secret);
  return {
    catalogues: cataloguesOf(textOf('ZGW_CATALOGUE', ZGW_CATALOGUE)),
    token: () =>
      new SignJWT({ client_id: ZGW_CLIENT_ID, ...caller })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(ZGW_CLIENT_ID)
        .setIssuedAt()
        .sign(key),
  };
}

function cataloguesOf(text: string): ZgwCatalogues {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new SettingsError('Wrong setting: ZGW_CATALOGUE: the file is no JSON');
  }
  const { success, data, error } = ZgwCatalogues.safeParse(given);
  if (success) return data;
  const wrong = error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new SettingsError(`Wrong setting: ZGW_CATALOGUE: ${wrong.join('; ')}`);
}

function textOf(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new SettingsError(`Wrong setting: ${setting}: there is no file to read at ${file}`);
  }
}
