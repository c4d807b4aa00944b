/** Whether Temporal and a worker are there: cheap, bounded, and asked once a second at the most. */
import type { Line } from './line.ts';

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly temporal: 'up' | 'away';
  readonly worker: 'polling' | 'away';
}

const answeredWithinMs = 900;
const holdsForMs = 1000;
/** A worker's poll lasts up to a minute, so a living one was seen within it. */
const seenWithinMs = 70_000;

/** Makes a check whose answer holds for a second, however often it is asked. */
export function createHealthCheck(line: Line, now: () => number = Date.now): () => Promise<Health> {
  let latest: { at: number; health: Promise<Health> } | undefined;
  return () => {
    if (!latest || now() - latest.at > holdsForMs) latest = { at: now(), health: check(line, now) };
    return latest.health;
  };
}

async function check(line: Line, now: () => number): Promise<Health> {
  try {
    const { pollers } = await bounded(() =>
      line.within(answeredWithinMs, () =>
        line.client.workflowService.describeTaskQueue({
          namespace: line.client.options.namespace,
          taskQueue: { name: line.taskQueue },
        }),
      ),
    );
    const seen = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
    const polling = seen.some((at) => now() - at < seenWithinMs);
    return { status: polling ? 'ok' : 'degraded', temporal: 'up', worker: polling ? 'polling' : 'away' };
  } catch {
    return { status: 'degraded', temporal: 'away', worker: 'away' };
  }
}

/** A deadline is per attempt; this one is for all of them. */
async function bounded<T>(call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), answeredWithinMs);
  });
  return Promise.race([call(), late]).finally(() => clearTimeout(timer));
}
