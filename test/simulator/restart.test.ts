import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSimulator } from '../../simulator/create-simulator.ts';
import { requestFor, startReceiver, startSimulator, temporaryFolder, until } from './support.ts';

const journalIn = (dataDir: string) => join(dataDir, 'simulator', 'journal.jsonl');

test('after a restart an open request is answered, and an answered one is not acted on again', async () => {
  const receiver = await startReceiver();
  const before = await startSimulator();
  const answered = requestFor(receiver.replyTo, 'debt.registration');
  await before.ask('debt-service', answered);
  await until(async () => expect((await before.row(answered.requestId))?.answered).toBe(true));
  await before.behave({ mode: 'normal', delayMs: 60_000 });
  const open = requestFor(receiver.replyTo, 'debt.plan');
  await before.ask('debt-service', open);
  await before.close();

  const after = await startSimulator({ dataDir: before.dataDir, behaviours: [] });
  await until(async () => expect((await after.row(open.requestId))?.answered).toBe(true));
  await after.ask('debt-service', answered);
  await until(() => expect(receiver.received).toHaveLength(3));
  const [first, second, again] = receiver.received.map(({ event }) => event);
  expect(second?.subject).toBe(open.routeId);
  expect(again).toEqual(first);
  expect((await after.ledger()).totals).toMatchObject({ effects: 2, repeats: 1, answers: 2, actedTwice: 0 });
});

test('an answer that could not be delivered before a restart carries the same id afterwards', async () => {
  const receiver = await startReceiver();
  receiver.next.push({ status: 503, body: {} });
  const before = await startSimulator();
  await before.ask('debt-service', requestFor(receiver.replyTo, 'debt.plan'));
  await until(() => expect(receiver.received).toHaveLength(1));
  await before.close();

  await startSimulator({ dataDir: before.dataDir });
  await until(() => expect(receiver.received).toHaveLength(2));
  expect(receiver.received[1]?.event).toEqual(receiver.received[0]?.event);
});

test('a silent partner is still silent after a restart, and a withdrawn request still withdrawn', async () => {
  const receiver = await startReceiver();
  const before = await startSimulator();
  await before.behave({ party: 'benefits-office', mode: 'silent' });
  const silent = requestFor(receiver.replyTo, 'income.benefit');
  const withdrawn = requestFor(receiver.replyTo, 'income.benefit');
  for (const request of [silent, withdrawn]) await before.ask('benefits-office', request);
  await before.call('POST', '/benefits-office/releases', { requestId: withdrawn.requestId });
  await before.close();

  const after = await startSimulator({ dataDir: before.dataDir });
  const other = requestFor(receiver.replyTo, 'closure.file');
  await after.ask('record-system', other);
  await until(async () => expect((await after.row(other.requestId))?.answered).toBe(true));
  expect(receiver.received).toHaveLength(1);

  expect(await (await after.call('POST', '/control/answer-all')).json()).toEqual({ answering: 1 });
  await until(() => expect(receiver.received).toHaveLength(2));
  expect(receiver.received[1]?.event.subject).toBe(silent.routeId);
});

test('a line that a crash tore is left out, and what follows can be read again', async () => {
  const receiver = await startReceiver();
  const before = await startSimulator();
  const first = requestFor(receiver.replyTo, 'debt.plan');
  await before.ask('debt-service', first);
  await until(async () => expect((await before.row(first.requestId))?.answered).toBe(true));
  await before.close();
  await appendFile(journalIn(before.dataDir), '{"kind":"accepted","at":"2026-');

  const after = await startSimulator({ dataDir: before.dataDir });
  const second = requestFor(receiver.replyTo, 'debt.plan');
  await after.ask('debt-service', second);
  await until(async () => expect((await after.ledger()).totals.answers).toBe(2));
  await after.close();

  const last = await startSimulator({ dataDir: before.dataDir });
  expect((await last.ledger()).totals).toMatchObject({ effects: 2, answers: 2 });
});

test('a journal with a damaged line in the middle is not guessed at', async () => {
  const dataDir = await temporaryFolder();
  await (await startSimulator({ dataDir, behaviours: [] })).close();
  const path = journalIn(dataDir);
  await writeFile(path, `{"kind":"what"}\n${await readFile(path, 'utf8')}`);
  await expect(createSimulator({ dataDir }).start()).rejects.toThrow(/line 1 cannot be read/);
});

test('only the owner may read what was disclosed', async () => {
  const { dataDir } = await startSimulator();
  expect((await stat(journalIn(dataDir))).mode & 0o777).toBe(0o600);
});
