/** How a housing agreement reaches routes and the agreement of the next year: through Temporal itself. */
import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import type { AgreementPorts } from '../activities/agreement-activities.ts';
import { PartnerFailed } from '../activities/ports.ts';

/** The Signal by which a route hears of its place; it may come twice, under one key. */
const placeGranted = 'placeGranted';
/** The Update by which a ledger takes commands: `agreementCommands` of workflows/housing-agreement.messages.ts. */
const commands = 'commands';
/** Every workflow of the SDK answers with the messages that it knows. */
const whatItKnows = '__temporal_workflow_metadata';
const answeredWithinMs = 10_000;

interface Metadata {
  readonly definition?: { readonly signalDefinitions?: readonly { readonly name?: string }[] };
}

/** @param client - of the same namespace, with the same encryption */
export function agreementPorts(client: Client): AgreementPorts {
  const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + answeredWithinMs, call);
  return {
    async placeGranted(granted) {
      const route = client.workflow.getHandle(`route/${granted.routeId}`);
      try {
        // A Signal that nobody handles would only lengthen the history: such a route sees its place in the ledger.
        if (await within(() => knowsSignal(route, placeGranted)))
          await within(() => route.signal(placeGranted, granted));
      } catch (error) {
        // It has ended, or there never was such a route: its place lapses by its term.
        if (!(error instanceof WorkflowNotFoundError)) throw unreachable('The route', error);
      }
    },
    async carryOver({ key, region, year, places, queue }) {
      const ledger = client.workflow.getHandle(`housing-agreement/${region}/${year}`);
      const envelope = {
        id: `carry-over:${key}`,
        fingerprint: key,
        actor: { subject: 'ledger' },
        command: { kind: 'take-over', brought: { places, queue } },
      };
      try {
        await within(() => ledger.executeUpdate(commands, { args: [[envelope]] }));
      } catch (error) {
        throw unreachable(`The agreement of ${year}`, error);
      }
    },
  };
}

async function knowsSignal(workflow: WorkflowHandle, name: string): Promise<boolean> {
  const { definition } = await workflow.query<Metadata>(whatItKnows);
  return definition?.signalDefinitions?.some((each) => each.name === name) ?? false;
}

function unreachable(who: string, cause: unknown): PartnerFailed {
  const isMissing = cause instanceof WorkflowNotFoundError;
  return new PartnerFailed('PartnerUnreachable', `${who} ${isMissing ? 'is not there' : 'does not answer'}`, {
    cause,
  });
}
