import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { requestFor, startReceiver, startSimulator } from './support.ts';

const replyTo = 'http://127.0.0.1:1/v1/partner-events';

test('the ledger shows what was disclosed to a partner, for one route alone when asked', async () => {
  const { replyTo } = await startReceiver();
  const simulator = await startSimulator({ behaviours: [{ mode: 'silent' }] });
  const [mine, other] = [requestFor(replyTo, 'debt.plan'), requestFor(replyTo, 'debt.plan')];
  await simulator.ask('debt-service', mine);
  await simulator.ask('debt-service', other);
  const { requests } = await simulator.ledger(mine.routeId);
  expect(requests).toMatchObject([
    {
      requestId: mine.requestId,
      party: 'debt-service',
      stepId: 'debt.plan',
      effects: 1,
      data: { birthYear: 1991 },
    },
  ]);
  expect(requests[0]?.idempotencyKey).toBe(mine.requestId);
});

test('rules can be read, replaced as a whole and cleared', async () => {
  const simulator = await startSimulator();
  const rules = [{ party: 'debt-service', mode: 'silent' }];
  expect(await (await simulator.behave(...rules)).json()).toEqual(rules);
  expect(await (await simulator.call('GET', '/control/behaviours')).json()).toEqual(rules);
  expect((await simulator.call('DELETE', '/control/behaviours')).status).toBe(204);
  expect(await (await simulator.call('GET', '/control/behaviours')).json()).toEqual([]);
});

test('rules that make no sense are refused with everything that is wrong', async () => {
  const simulator = await startSimulator();
  const response = await simulator.behave({ mode: 'asleep' }, { mode: 'slow', delayMs: -1 });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ location: '/0/mode' }, { location: '/1/delayMs' }],
  });
});

test.each([
  ['a body that is no request', { body: { requestId: 'x' } }, 400],
  ['a key that is not the requestId', { key: 'another' }, 400],
  [
    'a requestId of another step',
    { body: { ...requestFor(replyTo, 'debt.plan'), stepId: 'debt.discharge' } },
    400,
  ],
  ['a party that does not exist', { party: 'tax-office' }, 404],
])('a partner refuses %s', async (_what, { body, key, party = 'debt-service' }: Odd, status) => {
  const simulator = await startSimulator();
  const request = body ?? requestFor(replyTo, 'debt.plan');
  const headers = { 'idempotency-key': key ?? request.requestId };
  const response = await simulator.call('POST', `/${party}/requests`, request, headers);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({
    status,
    type: expect.any(String),
    title: expect.any(String),
  });
  expect((await simulator.ledger()).totals.effects).toBe(0);
});

interface Odd {
  body?: { requestId: string };
  key?: string;
  party?: string;
}

test('a body that is no JSON is refused as a problem', async () => {
  const simulator = await startSimulator();
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${simulator.url}/debt-service/requests`, {
    method: 'POST',
    headers,
    body: '{',
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
});

test('a request cannot be made to answer when no partner has it', async () => {
  const simulator = await startSimulator();
  const requestId = `${randomUUID()}:debt.plan:1`;
  expect((await simulator.call('POST', '/control/answer', { requestId })).status).toBe(404);
});

test('withdrawing what was never asked changes nothing', async () => {
  const simulator = await startSimulator();
  const requestId = `${randomUUID()}:debt.plan:1`;
  expect((await simulator.call('POST', '/debt-service/releases', { requestId })).status).toBe(202);
});

test('the simulator says that it is well', async () => {
  const simulator = await startSimulator();
  expect(await (await simulator.call('GET', '/health')).json()).toEqual({ status: 'ok' });
});
