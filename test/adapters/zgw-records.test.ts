import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { disclosures } from '../../activities/create-activities.ts';
import type { PartnerFailed } from '../../activities/ports.ts';
import { readSettings, WorkerSettings } from '../../platform/settings.ts';
import { portsOf } from '../../worker/create-worker.ts';
import { bsn, catalogue, files, named, routeId } from './zgw-asked.ts';
import { claimsOf, clientId, secret, zgwRecordSystem, zgwSettings } from './zgw-record-system.ts';

let records: Awaited<ReturnType<typeof zgwRecordSystem>>;
let dir: string;
let env: Record<string, string>;

beforeAll(async () => {
  records = await zgwRecordSystem();
  dir = await mkdtemp(join(tmpdir(), 'zgw-'));
  await writeFile(join(dir, 'secret'), `${secret}\n`);
  const { ZGW_SECRET: _, ...others } = await zgwSettings(records.url, dir);
  env = { ...others, ZGW_SECRET_FILE: join(dir, 'secret') };
});
beforeEach(() => records.empty());
afterAll(async () => {
  await records.close();
  await rm(dir, { recursive: true });
});

const port = () => {
  const settings = readSettings(WorkerSettings, env);
  return portsOf(settings).partners['record-system'];
};
const failureOf = (sending: Promise<unknown>): Promise<PartnerFailed> =>
  sending.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error as PartnerFailed,
  );
const whole = { '/zaken': 1, '/rollen': 2, '/zaakinformatieobjecten': 1, '/statussen': 6, '/resultaten': 1 };

describe('a record system that speaks ZGW', () => {
  it('gets the whole file, and the step is done with that', async () => {
    expect(await port().request(files.completed)).toBe('done');
    const [zaak] = records.kept['/zaken']!;
    expect(zaak).toMatchObject({
      identificatie: `UR-${routeId}`,
      bronorganisatie: catalogue.rsin,
      zaaktype: catalogue.zaaktype,
      startdatum: '2026-11-02',
    });
    expect(records.kept['/rollen']).toMatchObject([
      { roltype: catalogue.roltypen.initiator, betrokkeneIdentificatie: { inpBsn: bsn } },
      { roltype: catalogue.roltypen.behandelaar, betrokkeneIdentificatie: { identificatie: 'cm-17' } },
    ]);
    expect(records.kept['/statussen']!.map(({ statustype }) => statustype)).toEqual(
      Object.values(catalogue.statustypen),
    );
    expect(records.kept['/resultaten']).toMatchObject([
      { resultaattype: catalogue.resultaattypen.completed },
    ]);
    expect(records.counts()).toEqual(whole);
    // The last status ends the zaak: nothing is made after it.
    expect(records.calls.at(-1)).toMatchObject({ method: 'POST', url: '/statussen' });
  });

  it('is told of how a route ended, and of no stage that it did not go through', async () => {
    await port().request(files.closedEarly);
    expect(records.kept['/statussen']).toHaveLength(3);
    expect(records.kept['/resultaten']).toMatchObject([
      { resultaattype: catalogue.resultaattypen['closed-early'] },
    ]);
  });

  it('is told who looks after what is left, in words of the result', async () => {
    await port().request(files.handedOver);
    expect(records.kept['/resultaten']).toMatchObject([
      { toelichting: 'Crisis, overgedragen aan het wijkteam' },
    ]);
  });

  it('is told of an ending that the catalogue does not name as of one before its time', async () => {
    await port().request(files.deceased);
    expect(records.kept['/resultaten']).toMatchObject([
      { resultaattype: catalogue.resultaattypen['closed-early'] },
    ]);
  });

  it('gets the name of who has no BSN, and no part of an address, which ZGW takes whole or not at all', async () => {
    await port().request(files.withoutBsn);
    const { betrokkeneIdentificatie } = records.kept['/rollen']![0]!;
    expect(betrokkeneIdentificatie).toEqual({ geslachtsnaam: named.name, geboortedatum: named.birthDate });
  });

  it('gets an id that is longer than ZGW takes in words alone', async () => {
    await port().request(files.longId);
    const rol = records.kept['/rollen']![1]!;
    expect(rol).not.toHaveProperty('betrokkeneIdentificatie');
    expect(rol.roltoelichting).toBe('Trajectbegeleider case-manager-of-the-northern-district');
  });

  it('is called with a token of ours that is fresh, and with no BSN in an address', async () => {
    const since = Math.floor(Date.now() / 1000);
    await port().request(files.completed);
    for (const call of records.calls) {
      const claims = await claimsOf(call);
      expect(claims).toMatchObject({ iss: clientId, client_id: clientId, user_id: 'outflow-routes' });
      expect(claims.iat).toBeGreaterThanOrEqual(since);
      expect(call.url + JSON.stringify(call.headers)).not.toContain(bsn);
    }
  });

  it('has one whole file whichever call gets lost on the way, before or after it had its effect', async () => {
    await port().request(files.completed);
    const making = records.calls.flatMap(({ method }, at) => (method === 'POST' ? [at + 1] : []));
    for (const how of ['reset', 'made-and-lost'] as const)
      for (const at of [1, ...making]) {
        records.empty();
        records.goesWrong((_, nth) => (nth === at ? how : undefined));
        expect(await failureOf(port().request(files.completed))).toMatchObject({
          failure: 'PartnerUnreachable',
        });
        expect(await port().request(files.again)).toBe('done');
        expect([how, at, records.counts()]).toEqual([how, at, whole]);
      }
  });

  it('has one whole file also of two calls at once, of one worker and of two', async () => {
    const one = port();
    await Promise.all([one.request(files.completed), one.request(files.completed)]);
    expect(records.counts()).toEqual(whole);
    records.empty();
    // Another worker makes the zaak between looking and making.
    records.goesWrong((_, nth) => {
      if (nth !== 2) return undefined;
      (records.kept['/zaken'] ??= []).push({ ...zaakOf(records.url) });
      return undefined;
    });
    await one.request(files.completed);
    expect(records.counts()).toEqual(whole);
  });

  it('is asked nothing when a request is off: no machine destroys a file', async () => {
    await port().release(files.completed);
    expect(records.calls).toEqual([]);
  });

  it.each([
    ['reset', 'PartnerUnreachable'],
    [{ status: 503 }, 'PartnerUnreachable'],
    [{ status: 403 }, 'PartnerDeniedAccess'],
    [{ status: 400 }, 'PartnerRejected'],
    [{ status: 200, body: { results: 'none' } }, 'PartnerRejected'],
    [{ status: 200 }, 'PartnerUnreachable'],
  ] as const)('that answers %j fails as any partner does: %s', async (trouble, failure) => {
    records.goesWrong(() => trouble);
    const failed = await failureOf(port().request(files.completed));
    expect(failed).toMatchObject({ name: 'PartnerFailed', failure });
    for (const said of [bsn, secret]) expect(failed.message).not.toContain(said);
  });

  it('is sent nothing that ZGW has no place for, and nothing of a municipality that it keeps no files of', async () => {
    const fresh = { ...files.completed, data: { ...files.completed.data, origin: 'shelter' } };
    const elsewhere = { ...files.completed, municipality: 'GM0363' };
    const another = { ...files.completed, stepId: 'closure.letter' };
    for (const request of [fresh, elsewhere, another])
      expect(await failureOf(port().request(request))).toMatchObject({ failure: 'PartnerRejected' });
    expect(records.calls).toEqual([]);
    expect(disclosures['record-system']['closure.file']?.fields).toEqual(Object.keys(files.handedOver.data));
  });
});

const zaakOf = (url: string) => ({
  url: `${url}/zaken/1`,
  identificatie: `UR-${routeId}`,
  bronorganisatie: catalogue.rsin,
});

describe('what ZGW needs at the start is asked for in one line', () => {
  const start = (more: NodeJS.ProcessEnv) => portsOf(readSettings(WorkerSettings, { ...env, ...more }));

  it('as settings', () => {
    expect(() => start({ ZGW_CATALOGUE: '', ZGW_SECRET_FILE: '' })).toThrow(
      /^Wrong setting: ZGW_CATALOGUE: must be set when .*; ZGW_SECRET: must be set \(or ZGW_SECRET_FILE\)/,
    );
    expect(() => start({ PARTNER_STANDARDS: '', ZGW_SECRET_FILE: '' })).not.toThrow();
  });

  it('as a catalogue', async () => {
    expect(() => start({ ZGW_CATALOGUE: 'examples/zgw/catalogue.json' })).not.toThrow();
    const file = join(dir, 'wrong.json');
    const read = async (content: string) => {
      await writeFile(file, content);
      return () => start({ ZGW_CATALOGUE: file });
    };
    expect(() => start({ ZGW_CATALOGUE: join(dir, 'none') })).toThrow(
      /^Wrong setting: ZGW_CATALOGUE: there is no/,
    );
    expect(await read('no json')).toThrow('Wrong setting: ZGW_CATALOGUE: the file is no JSON');
    expect(await read('{}')).toThrow('must name a municipality');
    const { cti: _, ...less } = catalogue.statustypen;
    const missing = { GM0153: { ...catalogue, statustypen: less } };
    expect(await read(JSON.stringify(missing))).toThrow(/GM0153\.statustypen\.cti/);
    const same = { ...catalogue.statustypen, closed: catalogue.statustypen.intake };
    expect(await read(JSON.stringify({ GM0153: { ...catalogue, statustypen: same } }))).toThrow(
      'ends the zaak',
    );
  });
});
