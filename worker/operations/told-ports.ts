/** What telling owners and regions needs from outside: the lists of the store, the rule sets, the notification service. */
import type { Client } from '@temporalio/client';
import type { AgreementState, ToldPorts } from '../../activities/operations-told.ts';
import type { Ports } from '../../activities/ports.ts';
import { openRoutes, routesToLookAt } from '../../platform/open-routes.ts';
import { linkTo } from '../../platform/route-link.ts';
import type { WorkerSettings } from '../../platform/settings.ts';
import { readToldRules } from '../../platform/told-rules.ts';

/** The Query that shows a ledger: `agreementState` of workflows/housing-agreement.messages.ts. */
const agreementState = 'agreementState';
const answeredWithinMs = 10_000;

/**
 * @param client - of the same namespace, with the same encryption
 * @param tell - the worker's one way to the notification service
 */
export function toldPorts(client: Client, settings: WorkerSettings, tell: Ports['notify']): ToldPorts {
  return {
    rules: (at) => readToldRules(at, settings.RULES),
    routesToLookAt: (now) => routesToLookAt(client, now),
    openRoutes: () => openRoutes(client),
    agreements: () => agreementsOf(client),
    tell,
    linkOf: (routeId) => linkTo(routeId, settings),
  };
}

/** The ledgers of all regions and years, one at a time. */
async function agreementsOf(client: Client): Promise<AgreementState[]> {
  const states: AgreementState[] = [];
  const query = "WorkflowType = 'housingAgreement' AND ExecutionStatus = 'Running'";
  for await (const { workflowId } of client.workflow.list({ query }))
    states.push(
      await client.withDeadline(Date.now() + answeredWithinMs, () =>
        client.workflow.getHandle(workflowId).query<AgreementState>(agreementState),
      ),
    );
  return states.sort((a, b) => a.year - b.year);
}
