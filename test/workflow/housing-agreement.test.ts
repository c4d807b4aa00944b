/** A ledger through the months: terms lapse by themselves, runs are short, and nothing is lost between them. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgreementEnvelope } from '../../domain/housing-agreement/commands.ts';
import { begin, type AgreementState } from '../../domain/housing-agreement/state.ts';
import {
  agreementCommands,
  agreementState,
  agreementWorkflowId,
  ALL_REFUSED,
} from '../../workflows/housing-agreement.messages.ts';
import { placeGranted } from './placed-route.workflow.ts';
import { createDataConverter } from '../../platform/connection.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { decoded } from '../../scripts/replay/history-file.ts';
import { asks, routeOf, uuid } from '../domain/housing-agreement/support.ts';
import { bundleOnce } from '../support/bundle.ts';
import { anAgreement } from '../support/region.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'time-skipping', rules: 'nl' });
});
afterAll(() => system?.stop());

/** A ledger of some places, with runs of so many events. */
async function aLedger(year: number, places: number, events: number) {
  const terms = anAgreement(places);
  const state = begin({ region: 'twente', year, terms }, new Date().toISOString());
  const handle = await system.client.workflow.start('housingAgreement', {
    workflowId: agreementWorkflowId('twente', year),
    taskQueue: 'outflow-routes',
    args: [{ state, budget: { events, days: 30 } }],
  });
  const give = (id: string, command: AgreementEnvelope['command']) =>
    handle.executeUpdate(agreementCommands, {
      args: [[{ id, fingerprint: id, actor: { subject: 'cm-17' }, command }]],
    });
  return {
    handle,
    give,
    stateOf: (): Promise<AgreementState> =>
      system.client.workflow.getHandle(handle.workflowId).query(agreementState),
  };
}

const numbers = (all: readonly { routeId: string }[]) => all.map(({ routeId }) => routeId);

it('a place lapses at its term, goes to the next, and lapses again', async () => {
  const { give, stateOf } = await aLedger(2027, 1, 1000);
  const now = await system.env.currentTimeMs();
  const term = new Date(now + 10 * DAY_MS).toISOString();
  await give('c-1', asks(1, { until: term }));
  await give('c-2', asks(2));
  await system.env.sleep('9 days');
  expect(numbers((await stateOf()).reservations.map(({ asked }) => asked))).toEqual([routeOf(1)]);
  await system.env.sleep('2 days');
  const after = await stateOf();
  expect(numbers(after.reservations.map(({ asked }) => asked))).toEqual([routeOf(2)]);
  expect(after.reservations[0]!.until).toBe(new Date(Date.parse(term) + 30 * DAY_MS).toISOString());
  await system.env.sleep('30 days');
  expect(await stateOf()).toMatchObject({ reservations: [], queue: [] });
});

it('a new run has everything: places, queue, terms, and the ids of commands', async () => {
  const { handle, give, stateOf } = await aLedger(2028, 2, 20);
  const before = (await handle.describe()).runId;
  for (let n = 1; n <= 8; n += 1) await give(`c-${n}`, asks(n));
  await give('r-1', { kind: 'release', reservationId: uuid(1) });
  const after = await until('the runs have changed', async () => {
    const { runId } = await system.client.workflow.getHandle(handle.workflowId).describe();
    const state = await stateOf();
    return runId !== before && state.outbox.length === 0 && state;
  });
  expect(numbers(after.reservations.map(({ asked }) => asked))).toEqual([2, 3].map(routeOf));
  expect(numbers(after.queue)).toEqual([4, 5, 6, 7, 8].map(routeOf));
  const [again] = await give('c-1', asks(1)); // it came in an earlier run, and what it reserved is over
  expect(again).toMatchObject({ outcome: 'done', isNew: false });
  expect(await stateOf()).toEqual(after);
  await system.env.sleep('31 days');
  expect(numbers((await stateOf()).reservations.map(({ asked }) => asked))).toEqual([4, 5].map(routeOf));
});

it('what is refused leaves no trace; what came with it is carried out', async () => {
  const { handle, give, stateOf } = await aLedger(2029, 1, 1000);
  const release = { kind: 'release', reservationId: uuid(99) } as const;
  await expect(give('c-1', release)).rejects.toMatchObject({
    cause: { type: ALL_REFUSED, details: [[{ outcome: 'refused', kind: 'reservation-unknown' }]] },
  });
  const { events } = await handle.fetchHistory();
  expect(events!.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toEqual([]);
  const of = (id: string, command: AgreementEnvelope['command']) => ({
    id,
    fingerprint: id,
    actor: { subject: 'cm-17' },
    command,
  });
  const answers = await handle.executeUpdate(agreementCommands, {
    args: [[of('c-2', release), of('c-3', asks(3))]],
  });
  expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
  expect((await stateOf()).reservations.length).toBe(1);
});

it('a history of it still fits the workflows', async () => {
  const { handle, give } = await aLedger(2030, 1, 1000);
  for (let n = 1; n <= 3; n += 1) await give(`c-${n}`, asks(n));
  await give('r-1', { kind: 'release', reservationId: uuid(1) });
  await system.env.sleep('70 days');
  const codecs = system.client.options.loadedDataConverter.payloadCodecs;
  const history = await decoded(await handle.fetchHistory(), codecs);
  await expect(
    Worker.runReplayHistory({ workflowBundle: await bundleOnce() }, history),
  ).resolves.toBeUndefined();
});

it('a route that knows the Signal hears of its place; one that does not is left alone', async () => {
  const worker = await Worker.create({
    connection: system.env.nativeConnection,
    taskQueue: 'placed-routes',
    workflowBundle: await bundleWorkflows(new URL('placed-route.workflow.ts', import.meta.url).pathname),
    dataConverter: await createDataConverter(system.dataDir),
  });
  const heard = await worker.runUntil(async () => {
    const start = (name: string, n: number) =>
      system.client.workflow.start(name, {
        workflowId: `route/${routeOf(n)}`,
        taskQueue: 'placed-routes',
        args: [],
      });
    const [knows, deaf] = [await start('knowsPlaceGranted', 42), await start('knowsNothing', 43)];
    const { give, stateOf } = await aLedger(2031, 1, 1000);
    await give('c-1', asks(41));
    await give('c-2', asks(42));
    await give('c-3', asks(43));
    await give('r-1', { kind: 'release', reservationId: uuid(41) });
    await give('r-2', { kind: 'release', reservationId: uuid(42) });
    await until('both were told', async () => (await stateOf()).outbox.length === 0);
    const signals = (await deaf.fetchHistory()).events!.filter(
      (event) => event.workflowExecutionSignaledEventAttributes,
    );
    expect(signals).toEqual([]);
    return knows.query(placeGranted);
  });
  expect(heard).toMatchObject([{ reservationId: uuid(42), place: { corporation: 'de-woonplaats' } }]);
});
