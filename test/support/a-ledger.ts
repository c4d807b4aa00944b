/** A ledger that runs, told to directly: without the API and its lanes. */
import { begin, type AgreementState } from '../../domain/housing-agreement/state.ts';
import type { AgreementEnvelope } from '../../domain/housing-agreement/commands.ts';
import {
  agreementCommands,
  agreementState,
  agreementWorkflowId,
} from '../../workflows/housing-agreement.messages.ts';
import { anAgreement } from './region.ts';
import type { System } from './system.ts';

type Command = AgreementEnvelope['command'];

export const envelopeOf = (id: string, command: Command): AgreementEnvelope => ({
  id,
  fingerprint: id,
  actor: { subject: 'cm-17' },
  command,
});

/** Starts a ledger of some places, with runs of so many events. */
export async function startLedger({ client }: System, year: number, places: number, events: number) {
  const terms = anAgreement(places);
  const state = begin({ region: 'twente', year, terms }, new Date().toISOString());
  const workflowId = agreementWorkflowId('twente', year);
  const first = await client.workflow.start('housingAgreement', {
    workflowId,
    taskQueue: 'outflow-routes',
    args: [{ state, budget: { events, days: 30 } }],
  });
  const handle = client.workflow.getHandle(workflowId); // of whichever run there is
  const give = (...all: readonly (readonly [id: string, command: Command])[]) =>
    handle.executeUpdate(agreementCommands, { args: [all.map((each) => envelopeOf(...each))] });
  const stateOf = (): Promise<AgreementState> => handle.query(agreementState);
  return { handle, give, stateOf, firstRunId: first.firstExecutionRunId };
}

export const routesOf = (all: readonly { routeId: string }[]): string[] => all.map(({ routeId }) => routeId);
export const holdersIn = ({ reservations }: AgreementState): string[] =>
  routesOf(reservations.map(({ asked }) => asked));
