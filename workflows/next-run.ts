/** How a run ends: when it is old, and by what it hands over to its next one. */
import { makeContinueAsNewFunc, workflowInfo, type Workflow } from '@temporalio/workflow';
import { otherVersionIsCurrent } from './other-build.ts';

const DAY_MS = 86_400_000;

/** The moment (ms since 1970) at which a run of so many days is old. */
export const endOfRun = (days: number): number => workflowInfo().runStartTime.getTime() + days * DAY_MS;

/**
 * Begins the next run. A pinned one that was told of another version has to go there now: the server takes a run that
 * stays for one that declined, and never tells its successors of that version again.
 */
export function continueAsNew<W extends Workflow>(...input: Parameters<W>): Promise<never> {
  const options = otherVersionIsCurrent() ? ({ initialVersioningBehavior: 'AUTO_UPGRADE' } as const) : {};
  return makeContinueAsNewFunc<W>(options)(...input);
}
