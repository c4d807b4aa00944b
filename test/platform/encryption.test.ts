import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure, DefaultPayloadConverter } from '@temporalio/common';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { temporal } from '@temporalio/proto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataConverter } from '../../platform/connection.ts';
import { fileKeyStore } from '../../platform/key-store-files.ts';
import { createLog } from '../../platform/log.ts';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import { createSealer, PersonKeyMissing, shelterKeyOf } from '../../platform/sealer.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'outflow-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const converter = new DefaultPayloadConverter();
const key = (byte: number) => Buffer.alloc(32, byte);

describe('the payload codec', () => {
  it('hides every value and gives it back', async () => {
    const codec = new EncryptionCodec({ current: 'k1', keys: new Map([['k1', key(1)]]) });
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const [hidden] = await codec.encode([converter.toPayload(value)]);
        const [plain] = await codec.decode([hidden!]);
        expect(converter.fromPayload(plain!)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    const [hidden] = await codec.encode([converter.toPayload('999990019')]);
    expect(Buffer.from(hidden!.data!).toString('latin1')).not.toContain('999990019');
  });

  it('still reads what an older key encrypted, and says which key is missing when it is gone', async () => {
    const before = new EncryptionCodec({ current: 'old', keys: new Map([['old', key(1)]]) });
    const [hidden] = await before.encode([converter.toPayload('kept')]);
    const rotated = new EncryptionCodec({
      current: 'new',
      keys: new Map([
        ['old', key(1)],
        ['new', key(2)],
      ]),
    });
    expect(converter.fromPayload((await rotated.decode([hidden!]))[0]!)).toBe('kept');
    const without = new EncryptionCodec({ current: 'new', keys: new Map([['new', key(2)]]) });
    await expect(without.decode([hidden!])).rejects.toThrow('No payload key "old"');
  });

  it('refuses a payload that was tampered with, cut off, or given the id of another key', async () => {
    const keys = new Map([
      ['k1', key(1)],
      ['k2', key(2)],
    ]);
    const codec = new EncryptionCodec({ current: 'k1', keys });
    const encoded = async () => (await codec.encode([converter.toPayload('whole')]))[0]!;
    const changed = await encoded();
    changed.data![20]! ^= 1;
    const cut = await encoded();
    const renamed = await encoded();
    renamed.metadata!['encryption-key-id'] = Buffer.from('k2');
    for (const payload of [changed, { ...cut, data: cut.data!.subarray(0, -1) }, renamed])
      await expect(codec.decode([payload])).rejects.toThrow(/authenticate/);
    await expect(codec.decode([{ ...cut, data: cut.data!.subarray(0, 9) }])).rejects.toThrow(/tag|length/i);
  });

  it('hides what failed and why: messages, stack traces and details of the whole chain of causes', async () => {
    const dataConverter = loadDataConverter(
      createDataConverter({ current: 'k1', keys: new Map([['k1', key(1)]]) }),
    );
    const cause = new TypeError('999990019 is no address', {
      cause: new Error('the shelter at Havenstraat 12'),
    });
    const failure = ApplicationFailure.create({
      message: 'Eva Vermeulen was refused',
      type: 'PartnerRejected',
      details: [{ bsn: '999990019' }],
      cause,
    });
    const encoded = await encodeErrorToFailure(dataConverter, failure);
    const bytes = Buffer.from(temporal.api.failure.v1.Failure.encode(encoded).finish()).toString('latin1');
    expect(bytes).toContain('PartnerRejected'); // the type says what to do, and is a code
    expect(bytes).not.toMatch(/Eva|Vermeulen|999990019|Havenstraat|address|encryption\.test/);
    const decoded = await decodeOptionalFailureToOptionalError(dataConverter, encoded);
    expect(decoded).toMatchObject({ message: 'Eva Vermeulen was refused', details: [{ bsn: '999990019' }] });
    expect(decoded!.cause).toMatchObject({ message: '999990019 is no address' });
    const inner = decoded!.cause as Error;
    expect(inner.cause).toMatchObject({ message: 'the shelter at Havenstraat 12' });
    expect(inner.stack).toContain('encryption.test');
  });
});

describe('what is sealed', () => {
  it('shows nothing, and opens', async () => {
    const sealer = createSealer(fileKeyStore(dataDir));
    const sealed = await sealer.seal('r1', { bsn: '999990019' });
    expect(JSON.stringify(sealed)).not.toContain('999990019');
    expect(await sealer.open(sealed)).toEqual({ bsn: '999990019' });
  });

  it('can never be opened again once its key was destroyed', async () => {
    const keys = fileKeyStore(dataDir);
    const sealer = createSealer(keys);
    const sealed = await sealer.seal('r1', 'a secret');
    await keys.destroy('r1');
    await expect(sealer.open(sealed)).rejects.toThrow(PersonKeyMissing);
  });

  it('may be destroyed at the very moment at which somebody writes: nobody fails', async () => {
    const keys = fileKeyStore(dataDir);
    const destroyed = async (id: string, turns: number) => {
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await keys.destroy(id);
    };
    for (let i = 0; i < 200; i += 1) {
      const id = `race-${i}`;
      await Promise.all([keys.ensure(id), destroyed(id, i % 20), destroyed(id, i % 7)]);
      expect(await keys.find(id)).toBeUndefined();
    }
  });

  it('stays unreadable when somebody writes on after the key was destroyed: it is never made anew', async () => {
    const keys = fileKeyStore(dataDir);
    const sealer = createSealer(keys);
    await sealer.seal(shelterKeyOf('r1'), 'an address');
    await sealer.seal('r2', 'of somebody else');
    await sealer.forget('r1');
    await sealer.forget('r1');
    const late = await sealer.seal('r1', 'a late note');
    await expect(sealer.open(late)).rejects.toThrow(PersonKeyMissing);
    const left = await Promise.all(['r1', shelterKeyOf('r1'), 'r2'].map((id) => keys.find(id)));
    expect(left.map((key) => key !== undefined)).toEqual([false, false, true]);
  });

  it('uses one key for each person, also when several processes seal at once', async () => {
    const sealers = Array.from({ length: 8 }, () => createSealer(fileKeyStore(dataDir)));
    const sealed = await Promise.all(sealers.map((sealer, i) => sealer.seal('r1', i)));
    const opened = await Promise.all(sealed.map((each) => sealers[0]!.open(each)));
    expect(opened).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const file = await readFile(join(dataDir, 'keys', 'persons', 'r1.key'), 'utf8');
    expect(Buffer.from(file, 'base64')).toHaveLength(32);
  });
});

it('the log blots out what is personal or secret, wherever it stands', () => {
  const lines: string[] = [];
  const log = createLog('test', 'info', { write: (line: string) => void lines.push(line) });
  log.info(
    { bsn: '999990019', req: { headers: { authorization: 'Bearer abc' } }, body: { person: 'Eva' } },
    'x',
  );
  expect(lines.join()).not.toMatch(/999990019|Bearer abc|Eva/);
});
