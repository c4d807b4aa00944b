/** The messages of `housingAgreement`: all that enters and leaves a running ledger. Shared with the API. */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { AgreementAnswer, AgreementEnvelope } from '../domain/housing-agreement/commands.ts';
import type { AgreementState } from '../domain/housing-agreement/state.ts';
import type { RunBudget } from './outflow-route.messages.ts';

export interface HousingAgreementInput {
  readonly state: AgreementState;
  /** As of a route: see `OutflowRouteInput.leavesTraces`. */
  readonly leavesTraces?: true;
  /** What each run may use up; left out, what the workflow holds to be usual. */
  readonly budget?: RunBudget;
}

/** One ledger per region and year. */
export const agreementWorkflowId = (region: string, year: number | string): string =>
  `housing-agreement/${region}/${year}`;

/**
 * Commands, each answered by itself, in the same order: what is asked at once goes together. Each is known by its own id.
 * When all of them are refused the Update is, and leaves no trace; its failure has the answers as its first detail.
 */
export const agreementCommands = defineUpdate<AgreementAnswer[], [readonly AgreementEnvelope[]]>('commands');

/** The whole state; views are made of it outside. */
export const agreementState = defineQuery<AgreementState>('agreementState');

/** Failure type of an Update of which every command was refused. */
export const ALL_REFUSED = 'AllRefused';
