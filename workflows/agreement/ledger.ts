/** The ledger as its workflow sees it: one state, moved by pure transitions. */
import { setCurrentDetails, upsertMemo, workflowInfo } from '@temporalio/workflow';
import type { AgreementState } from '../../domain/housing-agreement/state.ts';
import { agreementDetails } from '../../domain/housing-agreement/texts.ts';
import { otherVersionIsCurrent } from '../other-build.ts';

export class Ledger {
  state: AgreementState;
  /** History events that what happened in this run has cost, more or less; see `spent`. */
  events = 0;
  /** The server finds this run long enough, or another version of the worker was made current; at the last move. */
  isLong = false;
  isOutdated = false;
  /** Messages that are being delivered at this moment. */
  delivering = 0;
  /** The run is about to end: nothing more is asked in it, for no command may follow the one that ends it. */
  isOver = false;

  readonly #leavesTraces: boolean;

  constructor(state: AgreementState, leavesTraces = false) {
    this.state = state;
    this.#leavesTraces = leavesTraces;
    setCurrentDetails(agreementDetails(state));
  }

  /** Moves it when a message was delivered, of which nothing else may stand in the history. */
  heard(next: AgreementState, events: number): void {
    this.move(next, events);
    if (this.#leavesTraces && !this.isOver) upsertMemo({ delivered: this.state.told });
  }

  /**
   * Moves the ledger.
   * @param events - history events that this costs, more or less. They are counted, since the length of the history
   *   also goes on while a refused command is looked at, of which no trace stays: a replay could end elsewhere
   */
  move(next: AgreementState, events: number): void {
    this.events += events;
    this.isLong = workflowInfo().continueAsNewSuggested;
    this.isOutdated = otherVersionIsCurrent();
    if (next === this.state) return;
    this.state = next;
    setCurrentDetails(agreementDetails(next));
  }
}
