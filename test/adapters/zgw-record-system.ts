/** A record system with the Zaken API, as far as a route's file needs it: it keeps what is made, and shows it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import { recordingServer, type Answer, type Call } from './recording-server.ts';
import { catalogue } from './zgw-asked.ts';

export type Made = Record<string, unknown> & { readonly url: string };

export const clientId = 'outflow';
export const secret = 'a secret of the tests alone';

/** What the server does with a call in place of what it usually does. */
export type Trouble = (call: Call, nth: number) => Answer | 'reset' | 'made-and-lost' | undefined;

/** @param faultsOf - what is wrong with a call; whatever has a fault is refused */
export async function zgwRecordSystem(faultsOf: (call: Call) => string[] = () => []) {
  const kept: Record<string, Made[]> = {};
  const state = { trouble: (() => undefined) as Trouble };
  let nth = 0;

  function usual({ method, url, body }: Call): Answer {
    const [path = '', query = ''] = url.split('?');
    const all = (kept[path] ??= []);
    if (method === 'GET') {
      const wanted = Object.fromEntries(new URLSearchParams(query));
      const found = all.filter((made) =>
        Object.entries(wanted).every(([name, value]) => made[name] === value),
      );
      const isPaged = path !== '/zaakinformatieobjecten';
      const list = isPaged ? { count: found.length, next: null, previous: null, results: found } : found;
      return { status: 200, body: list };
    }
    const given = body as Record<string, unknown>;
    // What the text of the standard asks for besides its schemas.
    const isTaken =
      path === '/zaken' ? all.some((made) => made.identificatie === given.identificatie) : false;
    const ended = kept['/statussen']?.some(
      (made) => made.zaak === given.zaak && String(made.statustype).endsWith('/statustypen/6'),
    );
    if (isTaken || ended) return { status: 400, body: { code: 'invalid' } };
    const made = { ...given, url: `${server.url}${path}/${all.length + 1}` };
    all.push(made);
    return { status: 201, body: made };
  }

  const server = await recordingServer((call) => {
    nth += 1;
    const trouble = state.trouble(call, nth);
    if (trouble === 'reset') return undefined;
    if (trouble === 'made-and-lost') return void usual(call);
    if (trouble) return trouble;
    const faults = faultsOf(call);
    return faults.length > 0 ? { status: 400, body: { detail: faults.join('; ') } } : usual(call);
  });

  return {
    ...server,
    kept,
    /** What goes wrong from now on, by call and its number from now. */
    goesWrong(trouble: Trouble = () => undefined) {
      nth = 0;
      state.trouble = trouble;
    },
    /** Forgets everything. */
    empty() {
      for (const path of Object.keys(kept)) delete kept[path];
      server.calls.length = 0;
      this.goesWrong();
    },
    /** How many of each there are. */
    counts: () => Object.fromEntries(Object.entries(kept).map(([path, all]) => [path, all.length])),
  };
}

/** Settings of a worker whose record system this is. @param dir - where the catalogue may be written */
export async function zgwSettings(url: string, dir: string): Promise<Record<string, string>> {
  const file = join(dir, 'catalogue.json');
  await writeFile(file, JSON.stringify({ GM0153: catalogue }));
  return {
    PARTNER_STANDARDS: 'record-system:zgw',
    PARTNER_URLS: JSON.stringify({ 'record-system': url }),
    ZGW_CATALOGUE: file,
    ZGW_CLIENT_ID: clientId,
    ZGW_SECRET: secret,
  };
}

/** The claims of a call's token, when this record system signed off on its client. */
export async function claimsOf({ headers }: Call) {
  const token = headers.authorization?.replace(/^Bearer /, '') ?? '';
  const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] });
  return payload;
}
