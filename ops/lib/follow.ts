/** Follows a repair until it has ended, or until somebody presses Ctrl-C: then it goes on by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { RepairProgress } from '../../domain/operations/repair-progress.ts';
import { repairProgress, repairWorkflowId } from '../../workflows/bulk-repair.messages.ts';
import { answered } from './connected.ts';
import type { Session } from './session.ts';
import { counted, type Teller } from './told.ts';

const lookEveryMs = 500;
/** Nobody is left to wonder for longer whether it still goes on. */
const stillForMs = 15_000;

/** @returns the exit code: see `bulk` */
export async function follow({ client }: Session, told: Teller, name: string): Promise<number> {
  const handle = client.workflow.getHandle(repairWorkflowId(name));
  const left = new AbortController();
  const leave = () => left.abort();
  process.once('SIGINT', leave);
  let named = 0;
  const shown = shower(told);
  try {
    for (;;) {
      const { status } = await answered(client, () => handle.describe());
      const progress = await answered(client, () => handle.query(repairProgress)).catch(() => undefined);
      for (const { routeId, kind } of progress?.refusals.slice(named) ?? [])
        told.thing({ routeId, outcome: 'refused', kind }, `${routeId}  refused: ${kind}`);
      named = Math.max(named, progress?.refusals.length ?? 0);
      if (status.name !== 'RUNNING' && status.name !== 'CONTINUED_AS_NEW') {
        const why = status.name === 'FAILED' ? await answered(client, () => whyOf(handle)) : undefined;
        // Its result needs no worker.
        const end =
          progress ??
          (status.name === 'COMPLETED' ? await answered(client, () => handle.result()) : undefined);
        return ended(told, name, status.name, end as RepairProgress | undefined, why);
      }
      shown(progress);
      await sleep(lookEveryMs, undefined, { signal: left.signal });
    }
  } catch (error) {
    if (!left.signal.aborted) throw error;
    told.thing(
      { summary: 'left', name },
      `The repair goes on. Follow it: npm run ops -- repair --name ${name}   Call it off: npm run ops -- repair --name ${name} --cancel`,
    );
    return 130;
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Shows how far it is when that has changed, and every quarter of a minute that it has not. */
export function shower(
  told: Pick<Teller, 'progress'>,
  now = Date.now,
): (progress: RepairProgress | undefined) => void {
  let before = '';
  let movedAt = now();
  let said = 0;
  return (progress) => {
    const far = progress ? words(progress) : 'No worker answers: the repair goes on when there is one again';
    if (far !== before) {
      told.progress(far);
      [before, movedAt, said] = [far, now(), 0];
      return;
    }
    const quarters = Math.floor((now() - movedAt) / stillForMs);
    if (quarters === said) return;
    said = quarters;
    told.progress(`${far}; nothing has moved for ${(quarters * stillForMs) / 1000} s${reason(progress)}`);
  };
}

/** A worker that was killed is missed after twenty seconds: then another one takes over. */
const reason = (progress: RepairProgress | undefined): string =>
  progress?.pass === 'again'
    ? ''
    : ': routes are slow to answer, or the worker has stopped (npm run ops -- check)';

function words({ pass, found, done, refused, unreached, tries, nothingToSend = 0 }: RepairProgress): string {
  if (found === 0) return 'Looking for the routes …';
  if (pass === 'again' && unreached.length > 0)
    return `${counted(unreached.length, 'route')} not reached, to be tried again (${tries} of 8 times)`;
  const through = done + nothingToSend + refused + unreached.length;
  return `${through} of ${found} found so far: ${done} done, ${refused} refused, ${unreached.length} not reached`;
}

/** In English where it has that. */
async function whyOf(handle: WorkflowHandle): Promise<string> {
  const error = await handle.result().then(
    () => undefined,
    (failed: unknown) => failed,
  );
  if (!(error instanceof WorkflowFailedError)) throw error;
  const { cause } = error;
  const english = cause instanceof ApplicationFailure ? cause.details?.[1] : undefined;
  return typeof english === 'string' ? english : (cause?.message ?? '');
}

function ended(
  told: Teller,
  name: string,
  status: string,
  progress: RepairProgress | undefined,
  why: string | undefined,
): number {
  const isWhole = status === 'COMPLETED';
  const summary = isWhole ? 'ended' : status.toLowerCase();
  const head = isWhole ? 'Ended' : (endings[status] ?? status);
  if (!progress) {
    const rest = why === undefined ? '; no worker says how far it came' : `: ${why}`;
    told.thing({ summary, name, ...(why !== undefined && { why }) }, `${head}${rest}`);
    return 1;
  }
  const { found, done, retried, nothingToSend, refused, refusedBy, unreached } = progress;
  for (const routeId of unreached) told.thing({ routeId, outcome: 'unreached' }, `${routeId}  not reached`);
  const requests = retried ? ` (${counted(retried, 'request')})` : '';
  const idle = nothingToSend ? `${nothingToSend} with nothing to send, ` : '';
  told.thing(
    {
      summary,
      name,
      found,
      done,
      retried,
      ...(nothingToSend && { nothingToSend }),
      refused,
      refusedBy,
      unreached: unreached.length,
      ...(why !== undefined && { why }),
    },
    `${head}: ${done} done${requests}, ${idle}${refused} refused, ${unreached.length} not reached, of ${found}`,
  );
  if (why !== undefined) told.say(`It failed: ${why}`);
  if (status === 'CANCELLED') told.say('To do what is left: the same command as before, with --yes');
  return isWhole && refused + unreached.length === 0 ? 0 : 1;
}

const endings: Readonly<Record<string, string>> = {
  CANCELLED: 'Called off',
  FAILED: 'Failed',
  TERMINATED: 'Ended by force',
  TIMED_OUT: 'Out of time',
};
