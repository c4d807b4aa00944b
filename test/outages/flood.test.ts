/** A flood of news to one route: none is lost, none counts twice, and the route goes on afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceiptBody } from '../../contracts/partner-event.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { SHORT_ID_LENGTH, shortId } from '../../domain/short-id.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { persist } from '../support/persist.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

let system: System;
const partners = new Map<PartnerParty, Caller>();
beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  for (const party of ['civil-registry', 'debt-service', 'support-provider'] as const)
    partners.set(party, await system.as({ role: 'partner', subject: party, party }));
});
afterAll(() => system?.stop());

interface Sent {
  readonly party: PartnerParty;
  readonly event: { readonly id: string };
}

function event(routeId: string, party: PartnerParty, id: string, type: string, data: object): Sent {
  const envelope = {
    specversion: '1.0',
    datacontenttype: 'application/json',
    time: new Date().toISOString(),
  };
  const about = { id, source: sourceOf(party), subject: routeId, type: `nl.uitstroomroutes.${type}.v1` };
  return { party, event: { ...envelope, ...about, data } as Sent['event'] };
}
const concern = (routeId: string, party: PartnerParty, id: string) =>
  event(routeId, party, id, 'concern-raised', { kind: 'nuisance', note: 'Weer geluidsoverlast' });
const check = (routeId: string, id: string) =>
  event(routeId, 'civil-registry', id, 'step-completed', {
    requestId: `${routeId}:intake.registry-check:1`,
  });

const wishes = { living: 'Zelfstandig' };
async function aRoute(): Promise<string> {
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson, wishes });
  await until('the registry is asked', async () => (await stepOf(body.routeId))?.sentAt);
  return body.routeId;
}

const stateOf = (routeId: string): Promise<RouteState> =>
  system.client.workflow.getHandle(`route/${routeId}`).query<RouteState>('routeState');
const stepOf = async (routeId: string) => (await stateOf(routeId)).steps['intake.registry-check'];

/** Tells it until it is taken, under the same id; then it may have arrived before. */
async function tell({ party, event: body }: Sent): Promise<ReceiptBody> {
  const { answer } = await persist(() => partners.get(party)!.post('/partner-events', body));
  expect([200, 202]).toContain(answer.status);
  return answer.body as ReceiptBody;
}

/** What a route that was told all this must know, and nothing twice. */
async function knowsEachOnce(routeId: string, sent: readonly Sent[]): Promise<void> {
  const expected = new Set(sent.map(({ party, event: { id } }) => shortId(`${party}:${id}`)));
  await until(
    'everything is judged',
    async () => (await stateOf(routeId)).known.length >= expected.size * SHORT_ID_LENGTH,
  );
  const { known } = await stateOf(routeId);
  expect(known.match(/.{6}/g)!.toSorted()).toEqual([...expected].toSorted());
}

/** How many history events each run of a route took. */
async function runsOf(routeId: string): Promise<number[]> {
  const lengths: number[] = [];
  let runId: string | undefined;
  for (;;) {
    const handle = system.client.workflow.getHandle(`route/${routeId}`, runId);
    const { raw, historyLength } = await handle.describe();
    lengths.unshift(historyLength);
    const history = await handle.fetchHistory();
    runId =
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
    if (!runId || !raw) return lengths;
  }
}

describe('two thousand events at once to one route', () => {
  it('each get a receipt; each counts once; the route goes on', { timeout: 300_000 }, async () => {
    const routeId = await aRoute();
    const concerns = Array.from({ length: 1050 }, (_, i) =>
      concern(routeId, i % 2 ? 'debt-service' : 'support-provider', `c-${i}`),
    );
    const answers = Array.from({ length: 200 }, (_, i) => check(routeId, `a-${i}`));
    const again = [...concerns.slice(0, 700), ...answers.slice(0, 50)];
    const sent = [...concerns, ...answers, ...again];
    const began = Date.now();
    const receipts = await Promise.all(
      sent.map(async (each) => ({ of: `${each.party}:${each.event.id}`, ...(await tell(each)) })),
    );
    const seconds = (Date.now() - began) / 1000;
    await knowsEachOnce(routeId, sent);

    const own = receipts.filter(({ receipt }) => receipt !== 'duplicate' && receipt !== 'queued');
    expect(new Set(own.map(({ of }) => of)).size).toBe(own.length);
    const answered = own.filter(({ of }) => of.startsWith('civil-registry'));
    expect(answered.filter(({ receipt }) => receipt === 'applied').length).toBeLessThanOrEqual(1);
    expect(
      answered.every(({ receipt, reason }) => receipt === 'applied' || reason === 'already-answered'),
    ).toBe(true);
    expect(await stepOf(routeId)).toMatchObject({ status: 'done', attempt: 1 });

    const asked = `${routeId}:intake.debt-screening:1`;
    await until(
      'the next step is asked',
      async () => (await stateOf(routeId)).steps['intake.debt-screening'],
    );
    const next = event(routeId, 'debt-service', 'next', 'step-completed', { requestId: asked });
    expect(await tell(next)).toEqual({ receipt: 'applied' });

    const runs = await runsOf(routeId);
    const queued = receipts.filter(({ receipt }) => receipt === 'queued').length;
    console.log(
      `2000 events in ${seconds} s, ${queued} queued; history events of each run: ${runs.join(', ')}`,
    );
    expect(Math.max(...runs)).toBeLessThan(2000);
  });

  it('while no worker is there wait, and count when one is', { timeout: 300_000 }, async () => {
    const routeId = await aRoute();
    await system.stopWorker();
    const sent = Array.from({ length: 600 }, (_, i) => concern(routeId, 'debt-service', `c-${i % 400}`));
    sent.push(check(routeId, 'a-1'));
    const receipts = await Promise.all(sent.map(tell));
    expect(receipts.every(({ receipt }) => receipt === 'queued')).toBe(true);
    await system.startWorker();
    await knowsEachOnce(routeId, sent);
    expect(await stepOf(routeId)).toMatchObject({ status: 'done', attempt: 1 });
  });
});
