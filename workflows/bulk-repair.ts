/**
 * One repair for all open routes that a query finds, page by page. What was done is done when it is cut off: each route
 * knows the command by its id. Routes that begin a new run while the pages are read move to the front of the list, where
 * nobody looks any more: they are looked for afterwards. Who is not reached is tried again, for about twenty minutes.
 */
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { OperationsActivities } from '../activities/operations-activities.ts';
import type { RepairPart } from '../activities/operations-repair.ts';
import {
  atItsBeginning,
  repairText,
  tallied,
  type RepairProgress,
} from '../domain/operations/repair-progress.ts';
import { Refused } from '../domain/refusal.ts';
import { refuseUnclear } from '../domain/operations/repair-input.ts';
import { REPAIR_REFUSED } from './outflow-route.messages.ts';
import { repairAsked, repairProgress, type BulkRepairInput } from './bulk-repair.messages.ts';

const triesAtMost = 8;
const firstPauseMs = 5000;
const usual = { pace: { perSecond: 10, atOnce: 4 }, pageSize: 200, runEvents: 2000 } as const;

export async function bulkRepair(input: BulkRepairInput): Promise<RepairProgress> {
  mustBeClear(input);
  const repair = new Repair(input);
  setHandler(repairProgress, () => repair.progress, { description: 'Hoever de herstelactie is' });
  setHandler(repairAsked, () => asked(input), { description: 'Wat er gevraagd is' });
  try {
    await repair.run();
  } catch (error) {
    if (isCancellation(error)) repair.show('afgebroken');
    throw isCancellation(error) ? error : inWords(error);
  }
  return repair.progress;
}

/** The Temporal UI starts a repair with whatever is typed there. @throws ApplicationFailure that it shows */
function mustBeClear(input: BulkRepairInput): void {
  if (input?.progress) return; // the run before was clear
  try {
    refuseUnclear(input);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw refusal(error.nl ?? error.message, error.message);
  }
}

/** What the store or the rule sets know nothing of is said as it is: of a query they name columns and positions. */
function inWords(error: unknown): unknown {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'QueryInvalid') return error;
  return refusal(`Dit is niet uit te voeren: ${cause.message}`, cause.message);
}

/** Not encrypted, so that the Temporal UI shows it: platform/failure-converter.cjs. */
function refusal(nl: string, en: string): ApplicationFailure {
  const failure = ApplicationFailure.create({
    message: nl,
    type: REPAIR_REFUSED,
    details: ['repair-unclear', en],
    nonRetryable: true,
  });
  failure.stack = ''; // it says nothing of the repair
  return failure;
}

function asked(input: BulkRepairInput): Omit<BulkRepairInput, 'progress'> {
  const { progress: _, ...rest } = input;
  return rest;
}

class Repair {
  readonly #input: BulkRepairInput;
  progress: RepairProgress;

  constructor(input: BulkRepairInput) {
    this.#input = input;
    this.progress = input.progress ?? atItsBeginning(new Date().toISOString());
    this.show();
  }

  async run(): Promise<void> {
    while (!this.#isEnded()) {
      if (this.progress.pass === 'again') await this.#again();
      else await this.#page();
      if (!this.#isEnded()) await this.#nextRunIfLong();
    }
  }

  #isEnded(): boolean {
    return this.progress.pass === 'ended';
  }

  show(ending?: string): void {
    setCurrentDetails(repairText(this.#input, this.progress, ending));
  }

  #move(progress: Partial<RepairProgress>): void {
    this.progress = { ...this.progress, ...progress };
    this.show();
  }

  /** One page of what the query finds, and what comes after the last one. */
  async #page(): Promise<void> {
    const { query, pageSize = usual.pageSize } = this.#input;
    const { page, pass, begunAt } = this.progress;
    const when = `StartTime ${pass === 'late' ? '>' : '<='} '${begunAt}'`;
    const where = [...(query.trim() ? [`(${query})`] : []), when].join(' AND ');
    const found = await patient('Routes zoeken')['operations.find']({
      query: where,
      pageSize,
      ...(page && { page }),
    });
    const routeIds = pass === 'late' ? await this.#left(found.routeIds) : found.routeIds;
    this.#move({ found: this.progress.found + routeIds.length });
    await this.#carryOut(routeIds);
    const { page: _, ...rest } = this.progress;
    const next = pass === 'found' ? 'late' : this.progress.unreached.length > 0 ? 'again' : 'ended';
    this.progress = found.next ? { ...rest, page: found.next } : { ...rest, ...this.#to(next) };
    this.show();
  }

  #to(pass: RepairProgress['pass']): Partial<RepairProgress> {
    return { pass, ...(pass === 'ended' && { endedAt: new Date().toISOString() }) };
  }

  /** Those of a late page that were not met before. */
  #left(routeIds: readonly string[]): Promise<readonly string[]> {
    const { refusals, unreached, begunAt } = this.progress;
    const met = new Set([...refusals.map(({ routeId }) => routeId), ...unreached]);
    const others = routeIds.filter((routeId) => !met.has(routeId));
    if (others.length === 0) return Promise.resolve([]);
    return patient(`${others.length} routes bekijken`)['repair.left'](this.#part(others), begunAt);
  }

  async #again(): Promise<void> {
    const { unreached, tries } = this.progress;
    if (unreached.length === 0 || tries >= triesAtMost) return this.#move(this.#to('ended'));
    await sleep(firstPauseMs * 2 ** tries, { summary: `${unreached.length} routes opnieuw proberen` });
    this.#move({ unreached: [], tries: tries + 1 });
    await this.#carryOut(unreached);
  }

  /** In parts of some seconds each: so the progress shows, and little is done twice after a crash. */
  async #carryOut(routeIds: readonly string[]): Promise<void> {
    const { perSecond } = this.#input.pace ?? usual.pace;
    const size = Math.max(1, Math.min(50, perSecond * 2));
    for (let i = 0; i < routeIds.length; i += size) {
      const part = routeIds.slice(i, i + size);
      const outcomes = await patient(`${part.length} routes herstellen`)['repair.carry-out'](
        this.#part(part),
      );
      this.#move(tallied(this.progress, outcomes));
    }
  }

  #part(routeIds: readonly string[]): RepairPart {
    const { name, by, reason, order, pace = usual.pace, dryRun = false } = this.#input;
    return { name, by, reason, order, pace, dryRun, routeIds };
  }

  async #nextRunIfLong(): Promise<void> {
    const { runEvents = usual.runEvents } = this.#input;
    if (workflowInfo().historyLength < runEvents && !workflowInfo().continueAsNewSuggested) return;
    await condition(allHandlersFinished);
    await continueAsNew<typeof bulkRepair>({ ...asked(this.#input), progress: this.progress });
  }
}

const patient = (summary: string) =>
  proxyActivities<OperationsActivities>({
    startToCloseTimeout: '10m',
    heartbeatTimeout: '20s', // beats come every four seconds: activities/operations-repair.ts
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    summary,
  });
