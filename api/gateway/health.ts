/** Whether Temporal and a worker are there: cheap, bounded, and asked once a second at the most. */
import type { Line } from './line.ts';
import { createSignOfLife, type SignOfLife } from './sign-of-life.ts';

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly temporal: 'up' | 'away';
  readonly worker: 'polling' | 'away';
}

const answeredWithinMs = 900;
const holdsForMs = 1000;
/** The server shows a poll by when it began or ended, and it lasts up to a minute: who was not seen since is gone. */
const seenWithinMs = 70_000;
/** Whoever was heard just now need not be asked. */
const heardJustNowMs = 1000;
/** Longer than it takes to be heard once more, also where the first to be asked is a worker that was killed. */
const heardWithinMs = 4000;

/** Makes a check whose answer holds for a second, however often it is asked. */
export function createHealthCheck(line: Line): () => Promise<Health> {
  const { now } = line;
  const ask = createSignOfLife(line);
  let latest: { at: number; health: Promise<Health> } | undefined;
  return () => {
    if (!latest || now() - latest.at > holdsForMs) latest = { at: now(), health: check(line, ask) };
    return latest.health;
  };
}

async function check(line: Line, ask: () => Promise<SignOfLife>): Promise<Health> {
  const end = line.now() + answeredWithinMs;
  try {
    const seenAt = await bounded(() => lastSeen(line), answeredWithinMs);
    const there = line.now() - seenAt < seenWithinMs && (await isHeard({ line, seenAt, ask, end }));
    return { status: there ? 'ok' : 'degraded', temporal: 'up', worker: there ? 'polling' : 'away' };
  } catch {
    return { status: 'degraded', temporal: 'away', worker: 'away' };
  }
}

/** When a worker's latest poll began or ended, in milliseconds; 0: there is none that the server remembers. */
async function lastSeen(line: Line): Promise<number> {
  const { pollers } = await line.within(answeredWithinMs, () =>
    line.client.workflowService.describeTaskQueue({
      namespace: line.client.options.namespace,
      taskQueue: { name: line.taskQueue },
    }),
  );
  return Math.max(0, ...(pollers ?? []).map((each) => Number(each.lastAccessTime?.seconds ?? 0) * 1000));
}

interface Hearing {
  readonly line: Line;
  readonly seenAt: number;
  readonly ask: () => Promise<SignOfLife>;
  readonly end: number;
}

/** Whether a worker was heard in the last seconds. One that has nothing to do is asked for a sign of life. */
async function isHeard({ line, seenAt, ask, end }: Hearing): Promise<boolean> {
  const since = () => line.now() - Math.max(seenAt, line.silence.brokenAt);
  if (since() < heardJustNowMs) return true;
  const sign = await bounded(ask, end - line.now()).catch(() => 'none' as const);
  return sign === 'nobody-to-ask' || since() < heardWithinMs;
}

/** A deadline is per attempt; this one is for all of them. */
async function bounded<T>(call: () => Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), ms);
  });
  return Promise.race([call(), late]).finally(() => clearTimeout(timer));
}
