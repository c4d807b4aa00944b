/** Has the digest of today sent now, and waits until it is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { addDays, isWorkingDay, localDay, type Calendar } from '../../domain/calendar.ts';
import { beginNow } from '../schedules.ts';
import { answered } from './connected.ts';
import { counted, type Teller } from './told.ts';

export interface Sending {
  readonly rules: { readonly calendar: Calendar };
  /** Now: ISO 8601, UTC. */
  readonly at: string;
  /** Left out: a minute. */
  readonly withinMs?: number;
  /** The morning that is told of, where it is not this one. */
  readonly about?: string;
}

const usuallyWithinMs = 60_000;
const lookEveryMs = 500;

export const isFreeDay = ({ calendar }: Sending['rules'], at: string): boolean =>
  !isWorkingDay(localDay(at, calendar), calendar);

/** @returns 0 when all were told; 1 when nobody is today, or somebody was not told yet */
export async function sendNow(
  client: Client,
  taskQueue: string,
  told: Teller,
  { rules, at, withinMs = usuallyWithinMs, about }: Sending,
): Promise<number> {
  if (isFreeDay(rules, about ?? at)) {
    const next = nextWorkingDay(localDay(at, rules.calendar), rules.calendar);
    told.thing(
      { summary: 'no-working-day', next },
      `Nothing is sent: today is no working day. The next digest is that of ${next}, at 7:00.`,
    );
    return 1;
  }
  const workflowId = await beginNow(client, taskQueue, 'stuck-digest', about ? { at: about } : undefined);
  told.progress(`Sending, by ${workflowId}; who has that of today already does not get it again …`);
  const handle = client.workflow.getHandle(workflowId);
  const end = Date.now() + withinMs;
  for (;;) {
    const how = await howItIs(client, handle);
    if (how.is === 'told') {
      told.thing({ summary: 'sent', told: how.told }, `Sent to ${counted(how.told, 'owner')}.`);
      return 0;
    }
    if (how.is !== 'under-way' || Date.now() > end) {
      told.thing({ summary: how.is, workflowId }, words[how.is](workflowId));
      return 1;
    }
    await sleep(lookEveryMs);
  }
}

type How =
  | { readonly is: 'told'; readonly told: number }
  /** `waiting`: the service did not take it from everybody; `given-up`: not by the evening. */
  | { readonly is: 'under-way' | 'waiting' | 'given-up' };

const words: Readonly<Record<Exclude<How['is'], 'told'>, (workflowId: string) => string>> = {
  'under-way': (id) =>
    `Not all of it is sent yet: it goes on by itself, as ${id} in the Temporal UI (npm run ops -- check says whether a worker is there).`,
  waiting: (id) =>
    `The notification service does not take all of it: it goes on trying for ten hours, as ${id} in the Temporal UI, which says who waits.`,
  'given-up': (id) =>
    `The notification service did not take all of it, and it was given up: ${id} in the Temporal UI says who was not told.`,
};

async function howItIs(client: Client, handle: WorkflowHandle): Promise<How> {
  const { status, raw } = await answered(client, () => handle.describe());
  if (status.name === 'RUNNING') {
    // One that was through with everybody once, and has nothing under way, waits to try those again whom it could not tell.
    const isIdle = (raw.pendingActivities ?? []).length === 0;
    return { is: isIdle && (await hasTold(client, handle)) ? 'waiting' : 'under-way' };
  }
  try {
    const { told } = (await answered(client, () => handle.result())) as { told: number };
    return { is: 'told', told };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return { is: 'given-up' };
  }
}

/** It says how far it is once it was through with everybody. */
const hasTold = (client: Client, handle: WorkflowHandle): Promise<boolean> =>
  answered(client, () => handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')).then(
    ({ currentDetails }) => Boolean(currentDetails),
    () => false,
  );

function nextWorkingDay(day: string, calendar: Calendar): string {
  let next = addDays(day, 1);
  while (!isWorkingDay(next, calendar)) next = addDays(next, 1);
  return next;
}
