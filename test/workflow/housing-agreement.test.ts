/** A ledger through the months: terms lapse by themselves, and what is refused leaves no trace. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decoded } from '../../scripts/replay/history-file.ts';
import { ALL_REFUSED } from '../../workflows/housing-agreement.messages.ts';
import { asks, routeOf, uuid } from '../domain/housing-agreement/support.ts';
import { holdersIn, startLedger } from '../support/a-ledger.ts';
import { bundleOnce } from '../support/bundle.ts';
import { aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';

const DAY_MS = 86_400_000;
let system: System;
beforeAll(async () => {
  system = await startSystem({ server: 'time-skipping', rules: 'nl' });
});
afterAll(() => system?.stop());

it('a place lapses at its term, goes to the next, and lapses again', async () => {
  const { handle, give, stateOf } = await startLedger(system, 2027, 1, 1000);
  const { body: next } = await system.api.post('/routes', aStart); // to one that is not there no place is granted
  const now = await system.env.currentTimeMs();
  const term = new Date(now + 10 * DAY_MS).toISOString();
  await give(['c-1', asks(1, { until: term })]);
  await give(['c-2', asks(2, { routeId: next.routeId })]);
  await system.env.sleep('9 days');
  expect(holdersIn(await stateOf())).toEqual([routeOf(1)]);
  await system.env.sleep('2 days');
  const after = await stateOf();
  expect(holdersIn(after)).toEqual([next.routeId]);
  expect(after.reservations[0]!.until).toBe(new Date(Date.parse(term) + 30 * DAY_MS).toISOString());
  await system.env.sleep('30 days');
  expect(await stateOf()).toMatchObject({ reservations: [], queue: [] });
  const codecs = system.client.options.loadedDataConverter.payloadCodecs;
  const history = await decoded(await handle.fetchHistory(), codecs);
  const replayed = Worker.runReplayHistory({ workflowBundle: await bundleOnce() }, history);
  await expect(replayed).resolves.toBeUndefined();
});

it('what is refused leaves no trace; what came with it is carried out', async () => {
  const { handle, give, stateOf } = await startLedger(system, 2029, 1, 1000);
  const release = { kind: 'release', reservationId: uuid(99) } as const;
  await expect(give(['c-1', release])).rejects.toMatchObject({
    cause: { type: ALL_REFUSED, details: [[{ outcome: 'refused', kind: 'reservation-unknown' }]] },
  });
  const { events } = await handle.fetchHistory();
  expect(events!.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toEqual([]);
  const answers = await give(['c-2', release], ['c-3', asks(3)]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
  expect((await stateOf()).reservations.length).toBe(1);
});
