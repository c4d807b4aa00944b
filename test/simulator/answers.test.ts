import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { requestFor, startReceiver, startSimulator, until } from './support.ts';

test('a partner acts on a request and answers it with an event under its own token', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  const request = requestFor(receiver.replyTo, 'debt.first-talk');

  expect((await simulator.ask('debt-service', request)).status).toBe(202);
  await until(() => expect(receiver.received).toHaveLength(1));

  const [news] = receiver.received;
  expect(news?.event).toMatchObject({
    id: `${request.requestId}:completed`,
    source: expect.stringMatching(/^urn:nld:oin:\d{20}:systeem:debt-service$/),
    subject: request.routeId,
    type: 'nl.uitstroomroutes.step-completed.v1',
    data: { requestId: request.requestId },
  });
  const keys = createRemoteJWKSet(new URL(`${simulator.url}/identity/jwks.json`));
  const { payload } = await jwtVerify(news?.authorization.replace('Bearer ', '') ?? '', keys, {
    issuer: simulator.issuer,
    audience: 'outflow-routes',
    requiredClaims: ['exp', 'iat', 'jti', 'sub'],
  });
  expect(payload).toMatchObject({ role: 'partner', party: 'debt-service', sub: 'debt-service' });
});

test.each([
  ['civil-registry', 'intake.registry-check', { addressKnown: false }],
  ['debt-service', 'intake.debt-screening', { debts: 'problematic' }],
  ['support-provider', 'intake.skills', { missingSkills: [] }],
  ['debt-service', 'debt.plan', { solution: 'debt-mediation' }],
  ['record-system', 'closure.file', undefined],
] as const)('%s answers %s with its usual result', async (party, stepId, result) => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  const request = requestFor(receiver.replyTo, stepId);
  await simulator.ask(party, request);
  await until(() => expect(receiver.received).toHaveLength(1));
  const data = { requestId: request.requestId, ...(result && { result }) };
  expect(receiver.received[0]?.event.data).toEqual(data);
});

test('the housing corporation answers the search for a home with an offer', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  await simulator.ask('housing-corporation', requestFor(receiver.replyTo, 'housing.offer'));
  await until(() => expect(receiver.received).toHaveLength(1));
  expect(receiver.received[0]?.event).toMatchObject({
    type: 'nl.uitstroomroutes.offer-made.v1',
    data: {
      housingForm: 'own-home',
      monthlyRent: 612.4,
      area: expect.any(String),
      offerId: expect.any(String),
    },
  });
});

test('a repeated request is not acted on twice, and its answer is the same event again', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  const request = requestFor(receiver.replyTo, 'income.benefit');
  await simulator.ask('benefits-office', request);
  await until(async () => expect((await simulator.row(request.requestId))?.answered).toBe(true));

  expect((await simulator.ask('benefits-office', request)).status).toBe(202);
  await until(() => expect(receiver.received).toHaveLength(2));

  expect(receiver.received[1]?.event).toEqual(receiver.received[0]?.event);
  const { totals } = await simulator.ledger(request.routeId);
  expect(totals).toMatchObject({ effects: 1, repeats: 1, actedTwice: 0 });
});

test('requests that arrive at the same moment count as one', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  await simulator.behave({ mode: 'silent' });
  const request = requestFor(receiver.replyTo, 'income.benefit');
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => simulator.ask('benefits-office', request)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
  await simulator.behave();
  await until(async () => expect((await simulator.row(request.requestId))?.answered).toBe(true));
  expect(receiver.received).toHaveLength(1);
  expect(await simulator.row(request.requestId)).toMatchObject({ effects: 1, repeats: 7 });
});

test('a withdrawn request is never answered', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  await simulator.behave({ stepId: 'housing.offer', mode: 'normal', delayMs: 60_000 });
  const withdrawn = requestFor(receiver.replyTo, 'housing.offer');
  await simulator.ask('housing-corporation', withdrawn);
  const body = { requestId: withdrawn.requestId };
  expect((await simulator.call('POST', '/housing-corporation/releases', body)).status).toBe(202);

  await simulator.behave();
  await simulator.call('POST', '/control/answer-all', {});
  const other = requestFor(receiver.replyTo, 'housing.urgency');
  await simulator.ask('housing-corporation', other);
  await until(async () => expect((await simulator.row(other.requestId))?.answered).toBe(true));
  expect(receiver.received.map(({ event }) => event.subject)).toEqual([other.routeId]);
  expect(await simulator.row(withdrawn.requestId)).toMatchObject({ released: true, answered: false });
});

test('news is sent again while the receiver is away, and the ledger keeps the receipt', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  receiver.next.push(
    { status: 503, body: {} },
    { status: 401, body: {} },
    { status: 202, body: { receipt: 'queued' } },
  );
  const request = requestFor(receiver.replyTo, 'income.benefit');
  await simulator.ask('benefits-office', request);
  await until(async () => expect((await simulator.row(request.requestId))?.answered).toBe(true));
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
  expect((await simulator.row(request.requestId))?.receipts).toMatchObject([
    { status: 202, receipt: 'queued' },
  ]);
});

test('news that the receiver will never take is given up and kept for inspection', async () => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  receiver.next.push({ status: 403, body: { type: 'urn:problem:not-your-step' } });
  const request = requestFor(receiver.replyTo, 'income.benefit');
  await simulator.ask('benefits-office', request);
  await until(async () => expect((await simulator.ledger()).totals.undeliverable).toBe(1));
  const row = await simulator.row(request.requestId);
  expect(row).toMatchObject({
    answered: false,
    receipts: [{ status: 403, problemType: 'urn:problem:not-your-step', taken: false }],
  });
});

test.each([
  ['none', undefined, '7523'],
  ['the first', ['7523', 'BU01530101'], '7511'],
  ['all', ['7523', '7511', '7512', '7513'], undefined],
])('no home is offered in an excluded area: %s excluded', async (_, excludedAreas, area) => {
  const receiver = await startReceiver();
  const simulator = await startSimulator();
  const request = requestFor(receiver.replyTo, 'housing.offer');
  await simulator.ask('housing-corporation', { ...request, data: excludedAreas ? { excludedAreas } : {} });
  await until(() => expect(receiver.received).toHaveLength(1));
  const { data } = receiver.received[0]!.event as { data: { area?: string } };
  expect(data.area).toBe(area);
});
