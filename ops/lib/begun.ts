/** Whether a repair was begun before, and what that means for the same command now. */
import { isDeepStrictEqual } from 'node:util';
import { WorkflowNotFoundError } from '@temporalio/client';
import { isRepeatable } from '../../domain/operations/repair.ts';
import { SettingsError } from '../../platform/settings.ts';
import { repairAsked, repairWorkflowId, type BulkRepairInput } from '../../workflows/bulk-repair.messages.ts';
import { answered } from './connected.ts';
import type { Session } from './session.ts';

/** `new`: none was; `running`: it is under way; `ended`: all of it was done; `cut-off`: it was called off, or failed. */
export type Begun =
  | { readonly is: 'new'; readonly commands: string }
  | { readonly is: 'running'; readonly commands: string }
  | { readonly is: 'ended'; readonly commands: string; readonly at: string }
  | { readonly is: 'cut-off'; readonly commands: string; readonly at: string };

/**
 * Looks for a repair of a name. `commands` is by which routes know what they are given: what was cut off goes on under the one
 * that it had, so that nobody does it twice; what may be repeated gets another one when it was done.
 * @throws SettingsError when another repair has that name
 */
export async function begunBefore({ client }: Session, asked: BulkRepairInput): Promise<Begun> {
  const { name } = asked;
  const handle = client.workflow.getHandle(repairWorkflowId(name));
  const found = await answered(client, () => handle.describe()).catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  });
  if (!found) return { is: 'new', commands: name };
  const status = found.status.name;
  const at = (found.closeTime ?? new Date()).toISOString();
  if (status === 'COMPLETED' && isRepeatable(asked.order)) return { is: 'new', commands: later(name) };
  const before = await answered(client, () => handle.query(repairAsked)).catch(() => undefined);
  if (!before && status === 'FAILED') return { is: 'new', commands: name }; // it was not to be read
  if (!before)
    throw new Error(`No worker answers whether ${name} is the same repair: try again when one is there`);
  if (!isSame(before, asked))
    throw new SettingsError(`Another repair is called ${name}: choose another --name`);
  const commands = before.name;
  if (status === 'RUNNING' || status === 'CONTINUED_AS_NEW') return { is: 'running', commands };
  return { is: status === 'COMPLETED' ? 'ended' : 'cut-off', commands, at };
}

/** The moment makes it another one: `go-on-1a2b3c4d-20261129t101530`. */
const later = (name: string): string =>
  `${name}-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()}`;

/** Its pace may be another one. */
function isSame(before: Omit<BulkRepairInput, 'progress'>, asked: BulkRepairInput): boolean {
  const { pace: _, name: __, ...then } = before;
  const { pace: ___, name: ____, ...now } = asked;
  return isDeepStrictEqual(then, now);
}
