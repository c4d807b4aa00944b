/** Begins the workflow that stands for a route which is stuck: one for each, however often it is found. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { lookAt, type Look } from '../../platform/operations/look.ts';

/** `technicalTrouble` of workflows/. */
const TROUBLE = 'technicalTrouble';
const begunWithinMs = 5000;

/** How a trouble looks at its route: seconds until the first time, and at the most. */
export interface Looks {
  readonly firstSeconds: number;
  readonly longestSeconds: number;
}

const keys = {
  health: defineSearchAttributeKey('RouteHealth', 'KEYWORD'),
  stage: defineSearchAttributeKey('RouteStage', 'KEYWORD'),
  municipality: defineSearchAttributeKey('Municipality', 'KEYWORD'),
};

/** What finds a route that is stuck, and says so. */
export function troubles(client: Client, { taskQueue, looks }: { taskQueue: string; looks: Looks }) {
  /** Whoever asks runs on a worker: there is one. */
  const look = (workflowId: string): Promise<Look> => lookAt(client, workflowId, { isWorkerThere: true });

  async function begin(workflowId: string, { trouble, municipality, stage }: Look): Promise<void> {
    const of = { ...(municipality && { municipality }), ...(stage && { stage }) };
    const start = {
      workflowId: troubleIdOf(workflowId),
      taskQueue,
      // The one that runs already sees the same, or ends and is begun again.
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [{ workflowId, ...of, trouble, looks }],
      typedSearchAttributes: new TypedSearchAttributes([
        { key: keys.health, value: 'Technical' },
        ...(stage ? [{ key: keys.stage, value: stage as string }] : []),
        ...(municipality ? [{ key: keys.municipality, value: municipality }] : []),
      ]),
      staticSummary: `Vastgelopen: ${workflowId}`,
      staticDetails:
        'Staat hier voor een route die zelf niet kan zeggen dat ze vastzit; eindigt vanzelf als ze weer verder gaat',
    } as const;
    await client
      .withDeadline(Date.now() + begunWithinMs, () => client.workflow.start(TROUBLE, start))
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      });
  }

  return {
    look,
    /** Looks at a workflow, and begins a trouble when it is stuck. @returns what was seen */
    async report(workflowId: string): Promise<Look> {
      const seen = await look(workflowId);
      if (seen.trouble && seen.type !== TROUBLE) await begin(workflowId, seen);
      return seen;
    },
  };
}

export type Troubles = ReturnType<typeof troubles>;

/** `trouble/{routeId}`; of what is no route, with all of its id. */
export const troubleIdOf = (workflowId: string): string => `trouble/${workflowId.replace(/^route\//, '')}`;
