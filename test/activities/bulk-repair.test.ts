import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { createRepairActivities } from '../../activities/operations-repair.ts';
import type { OperationsPorts } from '../../activities/operations-ports.ts';

afterEach(() => vi.useRealTimers());

it('a repair shows that it goes on while routes are slow to answer, well within the twenty seconds after which its worker is taken for dead', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
  const slow = () => new Promise<number>((resolve) => setTimeout(() => resolve(1), 60_000));
  const ports = { retry: slow } as unknown as OperationsPorts;
  const environment = new MockActivityEnvironment();
  let beats = 0;
  environment.on('heartbeat', () => (beats += 1));
  const carriedOut = environment.run(() =>
    createRepairActivities(ports)['repair.carry-out']({
      name: 'retry-1',
      order: { kind: 'retry', party: 'debt-service' },
      by: 'ops-1',
      reason: 'INC-4711',
      pace: { perSecond: 10, atOnce: 4 },
      dryRun: false,
      routeIds: ['a', 'b'],
    }),
  );
  const counted: number[] = [];
  for (let tens = 0; tens < 6; tens += 1) {
    const before = beats;
    await vi.advanceTimersByTimeAsync(10_000);
    counted.push(beats - before);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await carriedOut).toHaveLength(2);
  for (const ofTenSeconds of counted) expect(ofTenSeconds).toBeGreaterThanOrEqual(2);
});
