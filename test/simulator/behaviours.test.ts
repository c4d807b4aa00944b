import { expect, test } from 'vitest';
import { requestFor, startReceiver, startSimulator, until } from './support.ts';

async function world() {
  return { receiver: await startReceiver(), simulator: await startSimulator() };
}

test('a refusing partner says why', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ party: 'civil-registry', mode: 'refusing', reason: 'no-ties' });
  await simulator.ask('civil-registry', requestFor(receiver.replyTo, 'income.postal-address'));
  await until(() => expect(receiver.received).toHaveLength(1));
  expect(receiver.received[0]?.event).toMatchObject({
    type: 'nl.uitstroomroutes.step-refused.v1',
    data: { reason: 'no-ties' },
  });
});

test('a silent partner acts but does not answer, until it is told to', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ party: 'benefits-office', mode: 'silent' });
  const [first, second, third] = [1, 2, 3].map(() => requestFor(receiver.replyTo, 'income.benefit'));
  for (const request of [first, second, third]) await simulator.ask('benefits-office', request!);
  expect((await simulator.ledger()).totals).toMatchObject({ effects: 3, answers: 0 });

  await simulator.call('POST', '/control/answer', { requestId: first!.requestId });
  await until(async () => expect((await simulator.ledger()).totals.answers).toBe(1));
  expect(receiver.received[0]?.event.subject).toBe(first!.routeId);

  await simulator.call('POST', '/control/answer-all', { routeId: second!.routeId });
  await until(async () => expect((await simulator.ledger()).totals.answers).toBe(2));

  await simulator.call('DELETE', '/control/behaviours');
  await until(async () => expect((await simulator.ledger()).totals.answers).toBe(3));
  expect(receiver.received).toHaveLength(3);
});

test('a partner that is down takes nothing in, and is itself again afterwards', async () => {
  const { receiver, simulator } = await world();
  const request = requestFor(receiver.replyTo, 'debt.plan');
  await simulator.behave({ party: 'debt-service', mode: 'down' });
  expect((await simulator.ask('debt-service', request)).status).toBe(503);
  await simulator.behave({ party: 'debt-service', mode: 'down', how: 'reset' });
  await expect(simulator.ask('debt-service', request)).rejects.toThrow('fetch failed');
  expect((await simulator.ledger()).totals).toMatchObject({ effects: 0, turnedAway: 2 });

  await simulator.behave();
  expect((await simulator.ask('debt-service', request)).status).toBe(202);
  await until(() => expect(receiver.received).toHaveLength(1));
});

test('a rejecting partner answers that no repetition will help', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ party: 'debt-service', mode: 'rejecting' });
  const response = await simulator.ask('debt-service', requestFor(receiver.replyTo, 'debt.plan'));
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect((await simulator.ledger()).totals).toMatchObject({ effects: 0, turnedAway: 1 });
});

test('a slow partner lets the call wait, and its news comes later still', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ mode: 'slow', delayMs: 60 });
  const before = performance.now();
  await simulator.ask('debt-service', requestFor(receiver.replyTo, 'debt.plan'));
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
  await until(() => expect(receiver.received).toHaveLength(1));
  expect(performance.now() - before).toBeGreaterThanOrEqual(110);
});

test('a partner that repeats itself sends the same event three times, and once under another id', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ mode: 'duplicate' });
  const request = requestFor(receiver.replyTo, 'debt.registration');
  await simulator.ask('debt-service', request);
  await until(async () => expect((await simulator.row(request.requestId))?.answered).toBe(true));
  const id = `${request.requestId}:completed`;
  expect(receiver.received.map(({ event }) => event.id)).toEqual([id, id, id, `${id}:again`]);
  expect((await simulator.row(request.requestId))?.receipts).toHaveLength(4);
});

test('news that overtakes its request is sent again once the request comes in', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ stepId: 'debt.registration', mode: 'out-of-order' });
  const registration = requestFor(receiver.replyTo, 'debt.registration');
  const talk = requestFor(receiver.replyTo, 'debt.first-talk', registration.routeId);
  await simulator.ask('debt-service', registration);
  await until(async () => expect((await simulator.row(registration.requestId))?.answered).toBe(true));
  const ids = [`${talk.requestId}:completed`, `${registration.requestId}:completed`];
  expect(receiver.received.map(({ event }) => event.id)).toEqual(ids);
  expect(await simulator.row(talk.requestId)).toMatchObject({
    effects: 0,
    receipts: [{ receipt: 'applied' }],
  });

  await simulator.ask('debt-service', talk);
  await until(() => expect(receiver.received).toHaveLength(3));
  expect(receiver.received[2]?.event).toEqual(receiver.received[0]?.event);
  expect((await simulator.ledger()).totals).toMatchObject({ effects: 2, actedTwice: 0 });
});

test('the last step of a partner has nothing to overtake', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ mode: 'out-of-order' });
  await simulator.ask('record-system', requestFor(receiver.replyTo, 'closure.file'));
  await until(async () => expect((await simulator.ledger()).totals.answers).toBe(1));
  expect(receiver.received).toHaveLength(1);
});

test('of the rules that fit, the most specific one holds', async () => {
  const { receiver, simulator } = await world();
  const request = requestFor(receiver.replyTo, 'intake.debt-screening');
  await simulator.behave(
    { mode: 'silent' },
    { party: 'debt-service', mode: 'refusing' },
    { party: 'debt-service', stepId: request.stepId, attempt: 2, mode: 'rejecting' },
    { routeId: request.routeId, stepId: request.stepId, mode: 'normal', result: { debts: 'none' } },
  );
  await simulator.ask('debt-service', request);
  await until(() => expect(receiver.received).toHaveLength(1));
  expect(receiver.received[0]?.event.data).toMatchObject({ result: { debts: 'none' } });
});

test('a shorter delay also holds for what is waiting already', async () => {
  const { receiver, simulator } = await world();
  await simulator.behave({ mode: 'normal', delayMs: 60_000 });
  await simulator.ask('benefits-office', requestFor(receiver.replyTo, 'income.benefit'));
  await simulator.behave();
  await until(() => expect(receiver.received).toHaveLength(1));
});
