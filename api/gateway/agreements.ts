/** Housing agreements: each is one ledger, a workflow per region and year. */
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { t } from '../../contracts/text.ts';
import type { AgreementAnswer, AgreementEnvelope } from '../../domain/housing-agreement/commands.ts';
import type { AgreementState } from '../../domain/housing-agreement/state.ts';
import {
  agreementCommands,
  agreementState,
  agreementWorkflowId,
  ALL_REFUSED,
  type HousingAgreementInput,
} from '../../workflows/housing-agreement.messages.ts';
import type { RunBudget } from '../../workflows/outflow-route.messages.ts';
import { problemOfAgreementRefusal } from '../agreement-refusals.ts';
import { ApiProblem, tooManyAtOnce, unknownAgreement } from '../problems.ts';
import type { Line } from './line.ts';
import { problemOf } from './failures.ts';
import { executionsOf } from './pages.ts';
import { Pace } from './pace.ts';
import { Together } from './together.ts';

const answeredWithinMs = 5000;
/** A ledger that answered so lately is slow, not away: what it was asked is asked once more, under the same ids. */
const answeredLatelyMs = 10_000;
/** How many commands go in one call: one has some 2 KB at the most, a workflow task 2 MB. */
const commandsAtOnce = 50;

export type Done = Extract<AgreementAnswer, { outcome: 'done' }>;

/** Every call may throw `ApiProblem` unknown-agreement, temporal-away, worker-away, too-many-in-flight. */
export interface AgreementGateway {
  /** Begins a ledger. @returns false when there is one already. Needs no worker. */
  begin(state: AgreementState): Promise<boolean>;
  stateOf(region: string, year: number): Promise<AgreementState>;
  /** Which ledgers there are, by region and year. Needs no worker. */
  list(): Promise<readonly { region: string; year: number }[]>;
  /**
   * Gives a ledger a command.
   * @param make - makes it, once it is certain that the ledger has time for it
   * @throws ApiProblem of what the ledger refuses
   */
  command(region: string, year: number, make: () => Promise<AgreementEnvelope>): Promise<Done>;
}

/** @param budget - what each run of a ledger may use up; left out, what the workflow holds to be usual */
export function createAgreementGateway(line: Line, budget: RunBudget | undefined): AgreementGateway {
  const ledgers = new Map<string, { readonly pace: Pace; callers: number; answeredAt: number }>();
  const ledgerOf = (id: string) => {
    const ledger = ledgers.get(id) ?? { pace: new Pace(), callers: 0, answeredAt: 0 };
    ledgers.set(id, ledger);
    return ledger;
  };
  const together = new Together(async (id, all: readonly AgreementEnvelope[]) => {
    const ledger = ledgerOf(id);
    const give = async (isLast: boolean) => {
      const since = line.now();
      const results = await giveAll(line, id, all, isLast);
      ledger.answeredAt = line.now();
      ledger.pace.took(ledger.answeredAt - since, all.length);
      return results;
    };
    const isSlow = line.now() - ledger.answeredAt < answeredLatelyMs;
    try {
      return await give(!isSlow);
    } catch (error) {
      ledger.pace.took(answeredWithinMs, all.length);
      if (!isSlow || !isWorkerAway(error)) throw error;
      return give(true);
    }
  }, commandsAtOnce);
  return {
    begin: (state) => begin(line, { state, leavesTraces: true, ...(budget && { budget }) }),
    stateOf: (region, year) => stateOf(line, agreementWorkflowId(region, year)),
    list: () => allLedgers(line),
    async command(region, year, make) {
      const id = agreementWorkflowId(region, year);
      const ledger = ledgerOf(id);
      // Whoever comes beyond that is told to come back.
      if (ledger.callers >= ledger.pace.room) throw tooManyAtOnce();
      ledger.callers += 1;
      try {
        const answer = await together.send(id, await make());
        if (answer.outcome === 'refused') throw problemOfAgreementRefusal(answer.kind, answer.particulars);
        return answer;
      } finally {
        ledger.callers -= 1;
      }
    },
  };
}

async function begin(line: Line, input: HousingAgreementInput): Promise<boolean> {
  const { region, year } = input.state;
  const options = {
    args: [input],
    workflowId: agreementWorkflowId(region, year),
    taskQueue: line.taskQueue,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    staticSummary: `Prestatieafspraak ${region} ${year}`,
    staticDetails:
      'Plekken per corporatie, gemeente en woonvorm: wie er een heeft gereserveerd, wie wacht en waarom in die volgorde. ' +
      'Eindigt niet vanzelf. Niet met de hand beëindigen: de reserveringen zouden verloren zijn.',
  } as const;
  try {
    await line.within(answeredWithinMs, () => line.client.workflow.start('housingAgreement', options));
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw await problemOf(error);
  }
}

async function allLedgers(line: Line): Promise<{ region: string; year: number }[]> {
  const found: { region: string; year: number }[] = [];
  const query = "WorkflowType = 'housingAgreement' AND ExecutionStatus = 'Running'";
  for await (const executions of executionsOf(line, query))
    for (const { execution } of executions) {
      const [, region, year] = execution!.workflowId!.split('/');
      if (region && year) found.push({ region, year: Number(year) });
    }
  return found.sort((a, b) => a.region.localeCompare(b.region) || a.year - b.year);
}

function stateOf(line: Line, id: string): Promise<AgreementState> {
  return line.ask(id, agreementState).catch(async (error: unknown) => {
    throw error instanceof WorkflowNotFoundError ? unknownAgreement() : await line.problemOf(error);
  });
}

/**
 * Gives commands in one Update. Each is known by its own id, so the Update's may be any: see `giveCommand`.
 * @param isLast - whether nobody asks again when no worker answers
 */
async function giveAll(
  line: Line,
  id: string,
  all: readonly AgreementEnvelope[],
  isLast: boolean,
): Promise<readonly PromiseSettledResult<AgreementAnswer>[]> {
  // Who stands in line behind a call that nobody answered need not wait as long for the same silence.
  if (line.silence.holds(id)) throw workerAway();
  try {
    const answers = await line.within(answeredWithinMs, () =>
      line.client.workflow.getHandle(id).executeUpdate(agreementCommands, { args: [all] }),
    );
    line.silence.broken();
    return settled(answers);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw unknownAgreement();
    const refused = allRefused(error);
    if (refused) return settled(refused);
    const problem = await line.problemOf(error);
    if (isLast && isWorkerAway(problem)) line.silence.noticed(id);
    throw problem;
  }
}

const isWorkerAway = (error: unknown): boolean => error instanceof ApiProblem && error.kind === 'worker-away';

function allRefused(error: unknown): readonly AgreementAnswer[] | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const { type, details } = error.cause;
  return type === ALL_REFUSED ? (details![0] as AgreementAnswer[]) : undefined;
}

const settled = (answers: readonly AgreementAnswer[]): PromiseSettledResult<AgreementAnswer>[] =>
  answers.map((value) => ({ status: 'fulfilled', value }));

function workerAway(): ApiProblem {
  return new ApiProblem(
    'worker-away',
    t(
      'Er antwoordt op dit moment geen worker. Er gaat niets verloren: herhaal het verzoek met dezelfde Idempotency-Key.',
      'No worker answers at the moment. Nothing is lost: repeat the call with the same Idempotency-Key.',
    ),
  );
}
