/** The messages of `outflowRoute`: all that enters and leaves a running route. Shared with the API. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CommandEnvelope } from '../domain/command.ts';
import type { PartnerNews } from '../domain/news.ts';
import type { TypedRepair } from '../domain/operations/typed-repair.ts';
import type { Judgement } from '../domain/partner-news.ts';
import type { RouteState } from '../domain/route-state.ts';

/** What a run may use up before the route continues as new at its next quiet moment. */
export interface RunBudget {
  /** History events, more or less: four are counted for each move of the route. */
  readonly events: number;
  /** Age of the run, in days. */
  readonly days: number;
}

export interface OutflowRouteInput {
  readonly state: RouteState;
  readonly budget?: RunBudget;
  /**
   * Each workflow task in which something was heard leaves an event of its own in the history. A task that leaves none, and
   * is followed at once by another, is taken for one with that by a worker that rebuilds the run, and for one by itself by
   * the next that does: what both heard is then heard in another order (https://github.com/temporalio/sdk-rust/issues/1146
   * and 1606), and the run wedges. Left out of runs that began before this was known: they replay as they were.
   */
  readonly leavesTraces?: true;
  /** The build that the run before this one was rolled over from: this one waits for another. */
  readonly leaving?: string;
}

export interface OutflowRouteOutcome {
  readonly ending: string;
  readonly closedAt: string;
}

/** Answer to a command: `fingerprint` of the command that was carried out first under this id. */
export interface CommandAnswer {
  readonly fingerprint: string;
  readonly revision: number;
}

/** Partner news with a receipt; the event's id, not that of the Update, makes it idempotent. */
export const tellNews = defineUpdate<Judgement, [PartnerNews]>('partnerNews');

/** Several pieces of news, each with its receipt, in the same order: what came in while another call was under way. */
export const tellAllNews = defineUpdate<Judgement[], [readonly PartnerNews[]]>('partnerNewsTogether');

/** The same news when nobody could judge it at once: durable while every worker is down. */
export const leaveNews = defineSignal<[PartnerNews]>('partnerNewsQueued');

/** A person's command; its own id, not that of the Update, makes it idempotent. */
export const command = defineUpdate<CommandAnswer, [CommandEnvelope]>('command');

/** What operations type in the Temporal UI to mend one route; the Update's id makes it idempotent. See docs/runbook.md. */
export const repair = defineUpdate<CommandAnswer, [TypedRepair]>('repair');

/** Asks a route to continue as new, and to wait there for a worker with other code. See docs/new-versions.md. */
export const rollOver = defineSignal('rollOver');

/** The whole state; views are made of it outside. */
export const routeState = defineQuery<RouteState>('routeState');

/** Failure type of an Update that came when its run was over: it is for the next one. */
export const MOVING_ON = 'MovingOn';

/** Failure type of a repair that was typed in the Temporal UI and refused: shown there as it is, so it is not encrypted. */
export const REPAIR_REFUSED = 'RepairRefused';

/** Failure type of a refused command; the kind of refusal is its first detail. */
export const REFUSED = 'Refused';
