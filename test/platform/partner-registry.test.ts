import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { loadPartners } from '../../platform/partner-registry.ts';
import { ApiSettings, readSettings } from '../../platform/settings.ts';
import { sourceOf } from '../../simulator/partners.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, content: unknown) => {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const oin = '00000001003214345000';

describe('the registry of partners', () => {
  it('knows the played ones by their own sources, unless a setting names another', async () => {
    const partners = await loadPartners(readSettings(ApiSettings, {}).PARTNER_REGISTRY);
    for (const party of PartnerParty.options)
      expect(partners[party]).toEqual([{ oin: expect.any(String), sources: [sourceOf(party)] }]);
  });

  it('may know several organisations of a party, each with its systems', async () => {
    const file = await write('two.json', {
      'debt-service': [
        { oin, systems: ['Schuldhulp', 'portaal.2'] },
        { oin: '00000001823288444000', systems: ['Kredietbank'] },
      ],
    });
    const { 'debt-service': known, 'civil-registry': unknown } = await loadPartners(file);
    expect(known?.map(({ sources }) => sources)).toEqual([
      [`urn:nld:oin:${oin}:systeem:Schuldhulp`, `urn:nld:oin:${oin}:systeem:portaal.2`],
      ['urn:nld:oin:00000001823288444000:systeem:Kredietbank'],
    ]);
    expect(unknown).toBeUndefined();
  });

  it.each<[string, unknown, RegExp]>([
    ['is no JSON', 'debt-service', /is no JSON that can be read$/],
    [
      'names a party that is none',
      { bank: [{ oin, systems: ['x'] }] },
      /wrong\.json: Unrecognized key: "bank"$/,
    ],
    [
      'has an OIN that is none',
      { 'debt-service': [{ oin: '1', systems: ['x'] }] },
      /debt-service\.0\.oin: must be an OIN/,
    ],
    ['names no system', { 'debt-service': [{ oin, systems: [] }] }, /debt-service\.0\.systems: /],
    [
      'names an OIN twice',
      {
        'debt-service': [
          { oin, systems: ['a'] },
          { oin, systems: ['b'] },
        ],
      },
      /debt-service: names an OIN twice$/,
    ],
    [
      'takes keys from elsewhere without TLS',
      { 'debt-service': [{ oin, systems: ['x'], jwks: 'http://keys.example/jwks' }] },
      /must be an https URL/,
    ],
    [
      'names keys that are not there',
      { 'debt-service': [{ oin, systems: ['x'], jwks: 'none.json' }] },
      /none\.json is not there$/,
    ],
    [
      'names a file without keys',
      { 'debt-service': [{ oin, systems: ['x'], jwks: 'two.json' }] },
      /holds no keys \(JWKS\)$/,
    ],
  ])('that %s stops the start in one line', async (_, content, fault) => {
    const file = await write('wrong.json', content);
    await expect(loadPartners(file)).rejects.toThrow(fault);
    await expect(loadPartners(file)).rejects.toThrow(
      /^Wrong setting: PARTNER_REGISTRY: .*wrong\.json: [^\n]*$/,
    );
  });

  it('with a secret key among the public ones stops the start, and does not say it', async () => {
    await write('secret.json', { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'geheim' }] });
    const file = await write('wrong.json', {
      'debt-service': [{ oin, systems: ['x'], jwks: 'secret.json' }],
    });
    await expect(loadPartners(file)).rejects.toThrow(/secret\.json holds a key that is secret$/);
    await expect(loadPartners(file)).rejects.not.toThrow(/geheim/);
  });
});
