import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import { startSimulator, temporaryFolder } from './support.ts';

test('a token of a case manager is valid under the published keys', async () => {
  const simulator = await startSimulator();
  const key = await loadSigningKey(simulator.dataDir);
  const { issuer, audience } = simulator;
  const who = { role: 'case-manager', subject: 'cm-17', municipality: 'GM0153' } as const;
  const token = await signToken({ key, ...who, issuer, audience, expiresInSeconds: 60 });
  const keys = createRemoteJWKSet(new URL(`${simulator.url}/identity/jwks.json`));
  const { payload } = await jwtVerify(token, keys, { issuer, audience });
  expect(payload).toMatchObject({ sub: 'cm-17', role: 'case-manager', municipality: 'GM0153' });
  expect(payload.exp! - payload.iat!).toBe(60);
});

test('the published keys tell nothing secret', async () => {
  const simulator = await startSimulator();
  const body = await (await simulator.call('GET', '/identity/jwks.json')).json();
  expect(body).toEqual({
    keys: [
      expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) }),
    ],
  });
  expect(JSON.stringify(body)).not.toContain('"d"');
});

test('whoever asks first makes the key, and all others get the same one', async () => {
  const dataDir = await temporaryFolder();
  const keys = await Promise.all(Array.from({ length: 6 }, () => loadSigningKey(dataDir)));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
  expect(await readdir(join(dataDir, 'keys'))).toEqual(['identity.json']);
  expect((await stat(join(dataDir, 'keys', 'identity.json'))).mode & 0o777).toBe(0o600);
});

test('a key file that holds something else is named, without its content', async () => {
  const dataDir = await temporaryFolder();
  await mkdir(join(dataDir, 'keys'));
  await writeFile(join(dataDir, 'keys', 'identity.json'), '{"d":"secret"}');
  await expect(loadSigningKey(dataDir)).rejects.toThrow(/identity\.json is no private ES256 key/);
  await expect(loadSigningKey(dataDir)).rejects.not.toThrow(/secret/);
});
