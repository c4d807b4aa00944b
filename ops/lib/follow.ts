/** Follows a repair until it has ended, or until somebody presses Ctrl-C: then it goes on by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RepairProgress } from '../../domain/operations/repair-progress.ts';
import { repairProgress, repairWorkflowId } from '../../workflows/bulk-repair.messages.ts';
import type { Session } from './session.ts';
import type { Teller } from './told.ts';

const lookEveryMs = 500;
const answeredWithinMs = 5000;

/** @returns the exit code: see `bulk` */
export async function follow({ client }: Session, told: Teller, name: string): Promise<number> {
  const handle = client.workflow.getHandle(repairWorkflowId(name));
  const left = new AbortController();
  const leave = () => left.abort();
  process.once('SIGINT', leave);
  let named = 0;
  let shown = '';
  const show = (words: string) => {
    if (words !== shown) told.progress(words);
    shown = words;
  };
  try {
    for (;;) {
      const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + answeredWithinMs, call);
      const { status } = await within(() => handle.describe());
      const progress = await within(() => handle.query(repairProgress)).catch(() => undefined);
      for (const { routeId, kind } of progress?.refusals.slice(named) ?? [])
        told.thing({ routeId, outcome: 'refused', kind }, `${routeId}  refused: ${kind}`);
      named = Math.max(named, progress?.refusals.length ?? 0);
      if (progress && status.name !== 'RUNNING' && status.name !== 'CONTINUED_AS_NEW')
        return ended(told, name, status.name, progress);
      show(progress ? words(progress) : 'No worker answers: the repair goes on when there is one again');
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

function words({ found, done, refused, unreached }: RepairProgress): string {
  return `${done + refused} of ${found} found so far: ${done} done, ${refused} refused, ${unreached.length} not reached`;
}

function ended(told: Teller, name: string, status: string, progress: RepairProgress): number {
  const { found, done, retried, refused, refusedBy, unreached } = progress;
  const isWhole = status === 'COMPLETED';
  for (const routeId of unreached) told.thing({ routeId, outcome: 'unreached' }, `${routeId}  not reached`);
  told.thing(
    {
      summary: isWhole ? 'ended' : status.toLowerCase(),
      name,
      found,
      done,
      retried,
      refused,
      refusedBy,
      unreached: unreached.length,
    },
    `${isWhole ? 'Ended' : status}: ${done} done${retried ? ` (${retried} requests)` : ''}, ${refused} refused, ${unreached.length} not reached, of ${found}`,
  );
  return isWhole && refused + unreached.length === 0 ? 0 : 1;
}
