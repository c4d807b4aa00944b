import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ApiSettings, readSettings, SettingsError, WorkerSettings } from '../../platform/settings.ts';

describe('settings', () => {
  it('all stand in the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const names = [...Object.keys(ApiSettings.shape), ...Object.keys(WorkerSettings.shape)];
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('and pages that the code names are there', () => {
    const folders = ['api', 'domain', 'platform', 'scripts', 'worker', 'workflows', 'activities'];
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file}`),
    );
    const named = files.flatMap((file) => readFileSync(file, 'utf8').match(/docs\/[a-z-]+\.md/g) ?? []);
    expect([...new Set(named)].filter((page) => !existsSync(page))).toEqual([]);
  });

  it('have defaults that fit npm start', () => {
    expect(readSettings(ApiSettings, {})).toMatchObject({ PORT: 8080, RULES: 'demo', DATA_DIR: '.data' });
    expect(readSettings(ApiSettings, { PORT: '' }).PORT).toBe(8080);
  });

  it('that are wrong are named in one line, without their values', () => {
    const read = () => readSettings(ApiSettings, { PORT: 'eighty', TEMPORAL_ADDRESS: 'secret-host' });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/^Wrong setting: .*PORT.*; |^Wrong setting: .*TEMPORAL_ADDRESS.*; /);
    expect(read).not.toThrow(/secret-host/);
  });

  it('name a deployment and a version of it, or neither', () => {
    const named = { WORKER_DEPLOYMENT: 'outflow-routes', WORKER_BUILD_ID: '2026-11-24' };
    expect(readSettings(WorkerSettings, named)).toMatchObject(named);
    for (const [name, value] of Object.entries(named)) {
      const other = Object.keys(named).find((each) => each !== name);
      expect(() => readSettings(WorkerSettings, { [name]: value })).toThrow(
        `Wrong setting: ${other}: must be set as well when ${name} is, or neither`,
      );
    }
    expect(() => readSettings(WorkerSettings, { ...named, WORKER_DEPLOYMENT: 'outflow.routes' })).toThrow(
      /^Wrong setting: WORKER_DEPLOYMENT: at most 100 characters, no "\." or ":"/,
    );
  });

  it('say who in front may tell from where a call came, and never that anybody may', () => {
    const read = (text: string) => readSettings(ApiSettings, { TRUST_PROXY: text }).TRUST_PROXY;
    expect([read(''), read('1'), read('loopback, 10.0.0.0/8,2001:db8::/32')]).toEqual([
      undefined,
      1,
      ['loopback', '10.0.0.0/8', '2001:db8::/32'],
    ]);
    for (const wrong of ['true', '0', '-1', '0.0.0.0/0', '10.0.0.0/33', 'proxy.example', '10.0.0.1,'])
      expect(() => read(wrong)).toThrow(/^Wrong setting: TRUST_PROXY: must be a number of proxies/);
  });

  it('take the addresses of single partners as JSON', () => {
    const { PARTNER_URLS } = readSettings(WorkerSettings, { PARTNER_URLS: '{"debt-service":"http://x:1"}' });
    expect(PARTNER_URLS).toEqual({ 'debt-service': 'http://x:1' });
    expect(() => readSettings(WorkerSettings, { PARTNER_URLS: 'no json' })).toThrow(
      /PARTNER_URLS: must be a JSON/,
    );
  });

  it('name the standard that a partner speaks', () => {
    const read = (text: string) =>
      readSettings(WorkerSettings, { PARTNER_STANDARDS: text }).PARTNER_STANDARDS;
    expect(read('')).toEqual({});
    expect(read('housing-corporation:vera')).toEqual({ 'housing-corporation': 'vera' });
    for (const wrong of [
      'vera',
      'debt-service:vera',
      'housing-corporation:vera,housing-corporation:vera',
      '{"housing-corporation":"vera"}',
    ])
      expect(() => read(wrong)).toThrow(/^Wrong setting: PARTNER_STANDARDS: must be party:standard/);
  });
});
