import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDestinations } from '../../platform/destinations.ts';
import { DestinationName, PartnersFile } from '../../platform/partners-file.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';

let dir: string;
let file: string;
const names = DestinationName.options;
const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'destinations-'));
  file = join(dir, 'partners.json');
  const texts = {
    secret: 'a secret of the tests\n',
    empty: '\n',
    'key.json': JSON.stringify({ ...jwk, kid: 'k-1', alg: 'ES256' }),
    'other-alg.json': JSON.stringify({ ...jwk, kid: 'k-1', alg: 'RS256' }),
    'public.json': JSON.stringify({ ...jwk, d: undefined, kid: 'k-1', alg: 'ES256' }),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(dir, name), text);
});
afterAll(() => rm(dir, { recursive: true }));

/** What a worker with these settings calls. @param given - the file's content; left out: there is none */
async function read(env: Record<string, string>, given?: object | string) {
  if (given !== undefined) await writeFile(file, typeof given === 'string' ? given : JSON.stringify(given));
  const more = given === undefined ? {} : { PARTNERS_FILE: file };
  return readDestinations(readSettings(WorkerSettings, { ...env, ...more }));
}
const everybody = Object.fromEntries(names.map((name) => [name, { url: `https://${name}.example/v1/` }]));
const client = { tokenUrl: 'https://login.example/token', clientId: 'outflow' };

describe('whom the worker calls', () => {
  it('is the played partners, where nothing is set', async () => {
    const { 'debt-service': debts, notifications } = await read({});
    expect(debts).toEqual({ who: 'debt-service', baseUrl: 'http://127.0.0.1:8090/debt-service' });
    expect(notifications).toEqual({ who: 'the notification service', baseUrl: 'http://127.0.0.1:8090' });
  });

  it('stands in single settings', async () => {
    const found = await read({
      PARTNERS_URL: 'https://all.example/',
      PARTNER_URLS: '{"debt-service":"https://debts.example/"}',
      PARTNER_STANDARDS: 'housing-corporation:vera',
      NOTIFY_URL: 'https://mail.example',
    });
    expect(found['debt-service'].baseUrl).toBe('https://debts.example');
    expect(found['housing-corporation']).toMatchObject({
      baseUrl: 'https://all.example/housing-corporation',
      standard: 'vera',
    });
    expect(found.notifications.baseUrl).toBe('https://mail.example');
  });

  it('or in one file, whose word goes before theirs', async () => {
    const oauth2 = { ...client, secretFile: 'secret', scope: 'requests' };
    const corporation = { ...everybody['housing-corporation'], standard: 'vera' };
    const found = await read(
      { PARTNER_URLS: '{"debt-service":"https://elsewhere.example"}' },
      {
        ...everybody,
        'debt-service': { ...everybody['debt-service'], oauth2 },
        'housing-corporation': corporation,
      },
    );
    expect(found['debt-service']).toEqual({
      who: 'debt-service',
      baseUrl: 'https://debt-service.example/v1',
      oauth2: { ...client, scope: 'requests', proof: { secret: 'a secret of the tests' } },
    });
    expect(found['housing-corporation'].standard).toBe('vera');
    expect(found.notifications.baseUrl).toBe('https://notifications.example/v1');
  });

  it('is never the simulator where there is a file', async () => {
    const { notifications: _, ...others } = everybody;
    await expect(read({}, others)).rejects.toThrow(
      'Wrong setting: PARTNERS_FILE: notifications.url: must be set, or PARTNERS_URL for all that have none',
    );
    await expect(read({ PARTNERS_URL: 'https://all.example' }, others)).resolves.toMatchObject({
      notifications: { baseUrl: 'https://all.example' },
    });
  });

  it('may be shown a secret of the environment, or a key', async () => {
    const withClient = (more: object) => ({
      ...everybody,
      'debt-service': { ...everybody['debt-service'], oauth2: { ...client, ...more } },
    });
    const secrets = { PARTNER_SECRETS: '{"debt-service":"of the environment"}' };
    const { 'debt-service': one } = await read(secrets, withClient({}));
    expect(one.oauth2?.proof).toEqual({ secret: 'of the environment' });
    const { 'debt-service': other } = await read({}, withClient({ keyFile: 'key.json' }));
    const proof = other.oauth2!.proof;
    expect('key' in proof && [proof.kid, (await proof.key()).type]).toEqual(['k-1', 'private']);
    const { 'debt-service': third } = await read({}, withClient({ secretFile: 'secret', secretIn: 'body' }));
    expect(third.oauth2?.proof).toEqual({ secret: 'a secret of the tests', in: 'body' });
  });
});

describe('the files that are given as examples', () => {
  const examples = join(import.meta.dirname, '../../examples/partners');
  it('have everybody in them', async () => {
    const example: unknown = JSON.parse(await readFile(join(examples, 'partners.json'), 'utf8'));
    expect(Object.keys(PartnersFile.parse(example)).sort()).toEqual([...names].sort());
  });

  it('can be used as they are for the played partners', async () => {
    const found = await read({
      PARTNERS_FILE: join(examples, 'played.json'),
      PARTNERS_URL: 'http://127.0.0.1:8090',
    });
    for (const name of names)
      expect(found[name].oauth2).toMatchObject({
        clientId: 'outflow-routes',
        proof: { secret: 'of the played partners alone' },
      });
  });
});

describe('an address is refused at the start, in one line', () => {
  const rows = [
    [
      { PARTNERS_URL: 'http://partners.example' },
      'address of debt-service: must be https; http is for loopback',
    ],
    [{ PARTNER_URLS: '{"debt-service":"ftp://partners.example"}' }, 'address of debt-service: must be https'],
    [{ NOTIFY_URL: 'https://us:pw@mail.example' }, 'address of notifications: must have no user, no query'],
    [{ NOTIFY_URL: 'https://mail.example/?to=' }, 'address of notifications: must have no user, no query'],
    [
      { PARTNERS_URL: 'https://all.example', PARTNER_HOSTS: 'other.example' },
      'address of debt-service: the host all.example is not in PARTNER_HOSTS',
    ],
    [
      {
        PARTNERS_URL: 'https://all.example',
        PARTNER_HOSTS: 'all.example',
        NOTIFY_URL: 'https://all.example:8443',
      },
      'address of notifications: the host all.example:8443 is not in PARTNER_HOSTS',
    ],
    [
      { PARTNER_HOSTS: 'https://all.example' },
      'PARTNER_HOSTS: must be host or host:port, with commas between',
    ],
    [
      { PARTNER_URLS: '{"dept-service":"https://x.example"}' },
      'PARTNER_URLS: must be a JSON object of party to URL',
    ],
    [{ PARTNER_SECRETS: '{"debt-service":7}' }, 'PARTNER_SECRETS: must be a JSON object of party to secret'],
  ] as const;
  it.each(rows.map(([env, line]) => ({ env, line })))('$line', async ({ env, line }) => {
    await expect(read(env)).rejects.toThrow(`Wrong setting: ${line}`);
  });

  it('unless it is one of those that were named', async () => {
    const played = { PARTNERS_URL: 'http://simulator:8090', PARTNER_HTTP_HOSTS: 'simulator:8090' };
    await expect(read(played)).resolves.toMatchObject({
      notifications: { baseUrl: 'http://simulator:8090' },
    });
    for (const loopback of ['http://localhost:1', 'http://127.0.0.5:1', 'http://[::1]:1'])
      await expect(
        read({ PARTNERS_URL: loopback, PARTNER_HOSTS: new URL(loopback).host }),
      ).resolves.toBeDefined();
    await expect(read({ PARTNERS_URL: 'http://127.0.0.1.example' })).rejects.toThrow('must be https');
  });
});

describe('a file is refused at the start, in one line that quotes nothing of it', () => {
  const withDebts = (more: object) => ({
    ...everybody,
    'debt-service': { ...everybody['debt-service'], ...more },
  });
  const withClient = (more: object) => withDebts({ oauth2: { ...client, ...more } });
  const rows = [
    ['{"a secret', 'PARTNERS_FILE: the file is no JSON'],
    [{ shop: {} }, 'PARTNERS_FILE: '],
    [withDebts({ standard: 'zgw' }), 'PARTNERS_FILE: debt-service.standard: is not spoken to this partner'],
    [withClient({ secret: 'a secret' }), 'PARTNERS_FILE: debt-service.oauth2: Unrecognized key: "secret"'],
    [
      withClient({}),
      'PARTNERS_FILE: debt-service.oauth2: secretFile, keyFile or PARTNER_SECRETS must be set',
    ],
    [withClient({ secretFile: 'empty' }), 'PARTNERS_FILE: debt-service.oauth2.secretFile: the file is empty'],
    [
      withClient({ secretFile: 'gone' }),
      'PARTNERS_FILE: debt-service.oauth2.secretFile: there is no file to read at',
    ],
    [
      withClient({ secretFile: 'secret', keyFile: 'key.json' }),
      'PARTNERS_FILE: debt-service.oauth2: secretFile or keyFile, not both',
    ],
    ...['other-alg.json', 'public.json'].map(
      (keyFile) =>
        [
          withClient({ keyFile }),
          'PARTNERS_FILE: debt-service.oauth2.keyFile: holds no private key (JWK) with kid and alg',
        ] as const,
    ),
    [withClient({ keyFile: 'secret' }), 'PARTNERS_FILE: debt-service.oauth2.keyFile: the file is no JSON'],
    [
      withClient({ secretFile: 'secret', tokenUrl: 'http://login.example/token' }),
      'PARTNERS_FILE: debt-service.oauth2.tokenUrl: must be https',
    ],
    [
      { ...everybody, 'record-system': { url: 'https://x.example', standard: 'zgw', oauth2: client } },
      'PARTNERS_FILE: record-system.oauth2: ZGW has tokens of its own',
    ],
  ] as const;
  it.each(rows.map(([given, line]) => ({ given, line })))('$line', async ({ given, line }) => {
    const error = (await read({}, given).catch((cause: unknown) => cause)) as Error;
    expect(error.message).toContain(`Wrong setting: ${line}`);
    expect(error.message).not.toContain('a secret');
    expect(error.message).not.toContain('\n');
  });

  it('or where a token endpoint is on no list', async () => {
    const hosts = names.map((name) => `${name}.example`).join(',');
    await expect(read({ PARTNER_HOSTS: hosts }, withClient({ secretFile: 'secret' }))).rejects.toThrow(
      'PARTNERS_FILE: debt-service.oauth2.tokenUrl: the host login.example is not in PARTNER_HOSTS',
    );
    await expect(
      read({ PARTNER_HOSTS: `${hosts},login.example` }, withClient({ secretFile: 'secret' })),
    ).resolves.toBeDefined();
  });
});
