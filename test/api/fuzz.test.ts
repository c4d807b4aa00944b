/** Whatever is sent, the answer is one that the document describes, and never our own fault. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PartnerEvent } from '../../contracts/partner-event.ts';
import { caller, type Caller } from '../support/api-caller.ts';
import { aStart } from '../support/case-manager.ts';
import { documented } from './contract.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

const runs = { numRuns: 60 };
const path = '/routes/4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
const anEvent = PartnerEvent.meta()!.example as Record<string, unknown>;
let alone: ApiAlone;
let manager: Caller;
let partner: Caller;

beforeAll(async () => {
  alone = await startApiAlone();
  const party = { role: 'partner', party: 'debt-service', sub: 'debt-service', municipality: undefined };
  manager = documented(caller(alone.url, await alone.token()));
  partner = documented(caller(alone.url, await alone.token(party)));
});
afterAll(() => alone.stop());

/** Any JSON, or a good body of which one part is replaced by something that is never good there. */
const bodies = (good: Record<string, unknown>) =>
  fc.oneof(
    fc.jsonValue(),
    fc
      .record({
        name: fc.constantFrom(...Object.keys(good)),
        value: fc.oneof(fc.constant({}), fc.integer(), fc.constant('\u0000')),
      })
      .map(({ name, value }) => ({ ...good, [name]: value })),
  );
const notServerFault = ({ status }: { status: number }) => status < 500;

it('a body that starts no route', async () => {
  await expect(
    fc.assert(
      fc.asyncProperty(bodies(aStart), async (body) =>
        notServerFault(await manager.post('/routes', JSON.stringify(body))),
      ),
      runs,
    ),
  ).resolves.toBeUndefined();
});

it.each(['decision', 'offers/a1/answer', 'steps/debt.plan/redo'])('a body that is no %s', async (what) => {
  const property = fc.asyncProperty(fc.jsonValue(), async (body) =>
    notServerFault(await manager.post(`${path}/${what}`, JSON.stringify(body))),
  );
  await expect(fc.assert(property, { numRuns: 20 })).resolves.toBeUndefined();
});

it('an event that is none', async () => {
  const { datacontenttype: _, ...good } = anEvent;
  await expect(
    fc.assert(
      fc.asyncProperty(bodies(good), async (body) =>
        notServerFault(await partner.post('/partner-events', JSON.stringify(body))),
      ),
      runs,
    ),
  ).resolves.toBeUndefined();
});

/** A segment of dots alone never arrives: by the rules of URLs a client resolves it away. */
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !/^\.{1,2}$/.test(text));

it('paths and queries of any text', async () => {
  await expect(
    fc.assert(
      fc.asyncProperty(anyText, fc.webQueryParameters(), async (text, query) => {
        const one = await manager.get(`/rule-sets/${encodeURIComponent(text || 'x')}`);
        const list = await manager.get(`/routes?unknown=1&${query}`);
        return notServerFault(one) && notServerFault(list);
      }),
      { numRuns: 40 },
    ),
  ).resolves.toBeUndefined();
});
