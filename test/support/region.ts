/** A region with a housing agreement, and routes that need no more than to be there. */
import { randomUUID } from 'node:crypto';
import { TypedSearchAttributes, defineSearchAttributeKey } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import type { HousingAgreementBody } from '../../contracts/housing-agreement.ts';

/** An agreement of Twente about homes of one's own in Enschede. */
export const anAgreement = (places: number): HousingAgreementBody => ({
  agreed: [{ corporation: 'de-woonplaats', municipality: 'GM0153', housingForm: 'own-home', places }],
  spread: [],
  reservationDays: 30,
});

/**
 * Routes of Enschede that nobody works on: for a ledger it is enough that they are there. A place that is granted to one
 * that is not goes to the next.
 */
export async function bareRoutes(
  client: Client,
  count: number,
  ids = Array.from({ length: count }, () => randomUUID() as string),
  inStage?: string,
): Promise<string[]> {
  const municipality = defineSearchAttributeKey('Municipality', 'KEYWORD');
  const stage = defineSearchAttributeKey('RouteStage', 'KEYWORD');
  let next = 0;
  const lane = async () => {
    while (next < count)
      await client.workflow.start('outflowRoute', {
        workflowId: `route/${ids[next++]}`,
        taskQueue: 'nobody',
        workflowIdConflictPolicy: 'USE_EXISTING',
        args: [],
        typedSearchAttributes: new TypedSearchAttributes([
          { key: municipality, value: 'GM0153' },
          ...(inStage === undefined ? [] : [{ key: stage, value: inStage }]),
        ]),
      });
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return ids;
}
