/**
 * Stands for a route that can't say itself that it is stuck, since its workflow task fails, or nobody is asked what it waits
 * for: under the id `trouble/{routeId}`, in the saved view of technical failures. It looks at its route at intervals that
 * grow, says what it saw, and ends by itself when the route goes on or has ended.
 */
import {
  condition,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { OperationsActivities } from '../activities/operations-watch.ts';
import { troubleDetails } from '../domain/operations/trouble-texts.ts';
import { continueAsNew } from './next-run.ts';
import { otherVersionIsCurrent } from './other-build.ts';
import {
  lookNow,
  seenTrouble,
  type TechnicalTroubleInput,
  type TechnicalTroubleOutcome,
} from './technical-trouble.messages.ts';

const growth = 1.5;
/** A route that did one task may fail at its next. */
const wellInARow = 2;

export async function technicalTrouble(input: TechnicalTroubleInput): Promise<TechnicalTroubleOutcome> {
  const { workflowId, looks } = input;
  let { trouble } = input;
  let isAsked = false;
  setHandler(seenTrouble, () => trouble, { description: 'Wat er mis is, zoals het laatst gezien is' });
  setHandler(lookNow, () => void (isAsked = true), {
    description: 'Nu kijken, bijvoorbeeld na een herstel, in plaats van op de volgende keer wachten',
  });
  const { 'operations.look': look } = proxyActivities<OperationsActivities>({
    startToCloseTimeout: '30s',
    retry: { initialInterval: '2s', maximumInterval: '1m' },
    summary: `Kijkt hoe het staat met ${workflowId}`,
  });
  let pause = looks.firstSeconds;
  let well = 0;
  while (well < wellInARow) {
    const seconds = well > 0 ? looks.firstSeconds : pause;
    const now = Date.now();
    const [seenAt, nextAt] = [now, now + seconds * 1000].map((at) => new Date(at).toISOString());
    setCurrentDetails(troubleDetails(input, trouble, { seenAt: seenAt!, nextAt: nextAt! }, 'nl'));
    isAsked = false;
    await condition(() => isAsked, seconds * 1000, { summary: `Kijkt weer naar ${workflowId}` });
    const seen = await look(workflowId);
    if (!seen.isOpen) return { ended: 'gone' };
    well = seen.trouble ? 0 : well + 1;
    trouble = seen.trouble ?? trouble;
    pause = Math.min(pause * growth, looks.longestSeconds);
    if (workflowInfo().continueAsNewSuggested || otherVersionIsCurrent())
      return continueAsNew<typeof technicalTrouble>({ ...input, trouble });
  }
  setCurrentDetails('- Hersteld: de route gaat weer verder.');
  return { ended: 'mended' };
}
