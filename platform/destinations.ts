/** Everybody whom the worker calls: address, certificates and OAuth 2 client, of the settings and PARTNERS_FILE. */
import { dirname, resolve } from 'node:path';
import { jsonOf, readOAuth2, readTls, type ClientTls, type OAuth2Client } from './destination-files.ts';
import type { Standard } from './partner-standards.ts';
import { DestinationName, PartnersFile } from './partners-file.ts';
import { SettingsError, type WorkerSettings } from './settings.ts';

/** One of them. */
export interface Destination {
  /** For messages. */
  readonly who: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly standard?: Standard;
  readonly tls?: ClientTls;
  readonly oauth2?: OAuth2Client;
}
export type Destinations = Readonly<Record<DestinationName, Destination>>;

/** The partner simulator, where nothing else is set: for development. */
const playedPartners = 'http://127.0.0.1:8090';

/**
 * Reads and checks all of it.
 * @throws SettingsError naming what is missing or wrong; never a value that may be secret
 */
export function readDestinations(settings: WorkerSettings): Destinations {
  const { PARTNERS_FILE, PARTNER_SECRETS } = settings;
  const file = PARTNERS_FILE ? partnersFile(PARTNERS_FILE) : {};
  const at = (path: string) => resolve(dirname(PARTNERS_FILE ?? ''), path);

  const read = (name: DestinationName): [DestinationName, Destination] => {
    const { oauth2, tls, url } = file[name] ?? {};
    const baseUrl = url ?? addressIn(settings, name);
    checkAddress(`address of ${name}`, baseUrl, settings);
    const standard = file[name]?.standard ?? settings.PARTNER_STANDARDS[name];
    if (standard === 'zgw' && oauth2) throw wrong(`${name}.oauth2`, 'ZGW has tokens of its own');
    const files = { where: `PARTNERS_FILE: ${name}`, at };
    const certificates = tls && readTls(tls, files);
    if (oauth2) checkAddress(`PARTNERS_FILE: ${name}.oauth2.tokenUrl`, oauth2.tokenUrl, settings);
    const client = oauth2 && readOAuth2(oauth2, PARTNER_SECRETS[name], files);
    return [
      name,
      {
        who: name === 'notifications' ? 'the notification service' : name,
        baseUrl: baseUrl.replace(/\/$/, ''),
        ...(standard && { standard }),
        ...(certificates && { tls: certificates }),
        ...(client && { oauth2: { ...(certificates && { tls: certificates }), ...client } }),
      },
    ];
  };
  return Object.fromEntries(DestinationName.options.map(read)) as Destinations;
}

function partnersFile(path: string): PartnersFile {
  const { success, data, error } = PartnersFile.safeParse(jsonOf('PARTNERS_FILE', path));
  if (success) return data;
  const faults = error.issues.map(
    ({ path: where, message }) => `${where.join('.') || 'the file'}: ${message}`,
  );
  throw new SettingsError(`Wrong setting: PARTNERS_FILE: ${faults.join('; ')}`);
}

function addressIn(settings: WorkerSettings, name: DestinationName): string {
  const { PARTNERS_URL, PARTNERS_FILE, PARTNER_URLS, NOTIFY_URL } = settings;
  const own = PARTNER_URLS[name] ?? (name === 'notifications' ? NOTIFY_URL : undefined);
  // Whoever writes a file means real partners: one that was forgotten must not be sought at the simulator.
  const base = PARTNERS_URL ?? (PARTNERS_FILE ? undefined : playedPartners);
  if (own) return own;
  if (!base) throw wrong(`PARTNERS_FILE: ${name}.url`, 'must be set, or PARTNERS_URL for all that have none');
  return name === 'notifications' ? base : `${base.replace(/\/$/, '')}/${name}`;
}

/** Personal data goes over TLS, and to hosts that somebody named. */
function checkAddress(where: string, address: string, settings: WorkerSettings): void {
  const { PARTNER_HOSTS, PARTNER_HTTP_HOSTS = [] } = settings;
  const { protocol, hostname, host, username, password, search, hash } = new URL(address);
  if (username || password || search || hash)
    throw wrong(where, 'must have no user, no query and no fragment');
  const isPlain = protocol === 'http:' && (isLoopback(hostname) || PARTNER_HTTP_HOSTS.includes(host));
  if (protocol !== 'https:' && !isPlain)
    throw wrong(where, 'must be https; http is for loopback and PARTNER_HTTP_HOSTS');
  if (PARTNER_HOSTS && !PARTNER_HOSTS.includes(host))
    throw wrong(where, `the host ${host} is not in PARTNER_HOSTS`);
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

const wrong = (where: string, what: string) => new SettingsError(`Wrong setting: ${where}: ${what}`);
