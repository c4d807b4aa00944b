/** Repairs that operations give to routes, one at a time or all that a query finds: what each route would answer. */
import type { StepResult } from '../../contracts/partner-event.ts';
import type { Sealed } from '../../contracts/sealed.ts';
import type { Command, CommandEnvelope } from '../command.ts';
import { carryOut, handledBefore } from '../commands.ts';
import { Refused, type RefusalKind } from '../refusal.ts';
import type { RouteState } from '../route-state.ts';
import type { RouteRules } from '../rules.ts';

/**
 * What is asked of each route. `retry` is no command: what waits in back-off is sent at once. Skipping is not among them: two
 * people look at each route for that.
 */
export type RepairOrder =
  | { readonly kind: 'redo'; readonly stepId: string }
  | { readonly kind: 'complete'; readonly stepId: string; readonly result?: StepResult }
  /** `until`: ISO 8601, UTC. */
  | { readonly kind: 'hold'; readonly until: string }
  | { readonly kind: 'go-on' }
  /** `ruleSet`: id of a national set. */
  | { readonly kind: 'adopt-rules'; readonly ruleSet: string }
  /** `party`: only what waits on this one. */
  | { readonly kind: 'retry'; readonly party?: string };

/** Those that do no harm when they are given a second time: what was so meanwhile is mended again. */
const repeatable: ReadonlySet<RepairOrder['kind']> = new Set(['hold', 'go-on', 'adopt-rules', 'retry']);

/** Whether the same order later is another repair. Asking a partner anew, or completing a step, is done once. */
export const isRepeatable = ({ kind }: RepairOrder): boolean => repeatable.has(kind);

/** What of an order is a command to the route itself. */
export type CommandOrder = Exclude<RepairOrder, { kind: 'retry' }>;

/** Who gives an order, and why. The reason is sealed for each route by itself. */
export interface Ordered {
  /** Opaque id of the member of operations. */
  readonly by: string;
  readonly reason: string;
}

/** What a route answers, or would answer. `unreached`: nobody did; `retried` counts requests: none is nothing to send. */
export type RepairOutcome =
  | { readonly outcome: 'done'; readonly retried?: number }
  | { readonly outcome: 'refused'; readonly kind: RefusalKind | 'unknown-route'; readonly message: string }
  | { readonly outcome: 'unreached'; readonly message: string };

/**
 * The command of an order.
 * @param rules - of `adopt-rules`: what holds where the route is
 */
export function commandOf(order: CommandOrder, reason: Sealed<string>, rules?: RouteRules): Command {
  switch (order.kind) {
    case 'redo':
      return { kind: 'redo', stepId: order.stepId, reason };
    case 'complete':
      return { ...order, reason };
    case 'hold':
      return { ...order, reason };
    case 'go-on':
      return { kind: 'go-on', reason };
    case 'adopt-rules':
      return { kind: 'adopt-rules', rules: rules!, reason };
  }
}

/** A command of operations as it travels: who may command every municipality's routes. */
export const operationsEnvelope = (id: string, by: string, command: Command): CommandEnvelope => ({
  id,
  fingerprint: command.kind,
  actor: { subject: by, role: 'operations' },
  command,
});

/** By which a route knows that it has carried out a repair, however often it is sent. */
export const repairCommandId = (repair: string, routeId: string): string => `${repair}:${routeId}`;

/** What a route in this state would answer to a command; it is not carried out. */
export function wouldAnswer(state: RouteState, envelope: CommandEnvelope, now: string): RepairOutcome {
  if (handledBefore(state, envelope.id)) return { outcome: 'done' };
  try {
    carryOut(state, envelope, now);
    return { outcome: 'done' };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { outcome: 'refused', kind: error.kind, message: error.message };
  }
}
