/**
 * One run of the real workflow, in this process and without a server.
 *
 * The properties are about the process, not about Temporal: that no order of news, commands and days breaks a route.
 * So the real `outflowRoute` with its real stages, handlers, timer and outbox runs here, thousands of activations a
 * second, and only the few functions of `@temporalio/workflow` that speak to a server are stood in for (a test says
 * `vi.mock('@temporalio/workflow', …)` with `workflowStandIn`). What is asked of a server waits in this object until
 * the test lets it happen: a timer fires, a partner accepts, news arrives. Conditions are looked at in the order and
 * as often as the SDK does it, so an interleaving that is found here is one that can happen. Whether Temporal keeps
 * its own promises is proved elsewhere, on the real server (test/system, test/workflow, test/replay).
 *
 * Everything that enters a run is written down with its moment; a replay feeds it to another run and compares.
 */
import { ActivityFailure, ApplicationFailure, CancelledFailure, type Duration } from '@temporalio/common';
import { msToNumber } from '@temporalio/common/lib/time.js';
import { vi } from 'vitest';

/** What enters a run. */
export type Job =
  | { readonly kind: 'start'; readonly workflow: (input: never) => Promise<unknown>; readonly input: unknown }
  | { readonly kind: 'signal' | 'update'; readonly name: string; readonly input: unknown }
  | { readonly kind: 'timer'; readonly seq: number }
  | {
      readonly kind: 'activity';
      readonly seq: number;
      readonly result?: unknown;
      readonly failure?: string;
      /** It ran within the workflow task that asked for it. */
      readonly local?: boolean;
    }
  | { readonly kind: 'history'; readonly length: number };

export interface Entry {
  readonly at: number;
  readonly job: Job;
}

export type Answer =
  | { readonly done: unknown }
  | { readonly refused: string; readonly kind: unknown }
  | { readonly broke: unknown };

export type Outcome =
  { readonly closed: unknown } | { readonly continued: unknown } | { readonly failed: unknown };

interface Handler {
  readonly handle: (input: never) => unknown;
  readonly validator?: ((input: never) => void) | undefined;
}

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

export interface Asked {
  readonly seq: number;
  readonly name: string;
  readonly input: unknown;
  readonly local: boolean;
  readonly settle: (job: { result?: unknown; failure?: string }) => void;
  readonly cancel: () => void;
}

class ContinuedAsNew extends Error {}

let current: OneRun | undefined;
let scope: Scope | undefined;
const enter = (run: OneRun): void => {
  current = run;
};
const setScope = (to: Scope | undefined): void => {
  scope = to;
};
const running = (): OneRun => {
  if (!current) throw new Error('No run is being activated');
  return current;
};

export class OneRun {
  readonly log: Entry[] = [];
  /** What the run asked of the server, in order, as text. */
  readonly commands: string[] = [];
  readonly timers = new Map<number, Timer>();
  readonly activities = new Map<number, Asked>();
  /** Requests that were called off while they were on their way: the partner may have them or not. */
  readonly calledOff: Asked[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly blocked = new Map<number, { fn: () => boolean; resolve: () => void }>();
  historyLength = 0;
  /** What happens has happened before: a worker rebuilds the run. */
  isReplaying = false;
  startedAt = 0;
  seq = 0;
  continuedWith: unknown;
  /** What was asked after the run had ended: nothing, ever. */
  readonly afterEnd: string[] = [];
  outcome: Outcome | undefined;

  /** Writes down what the run asks. Nothing may follow the command that ends it: the server refuses the whole then. */
  command(text: string): void {
    if (this.continuedWith !== undefined) this.afterEnd.push(text);
    this.commands.push(text);
  }

  /** Lets one thing happen at a moment (ms since 1970), and everything that follows from it. */
  async activate(at: number, job: Job): Promise<Answer> {
    this.log.push({ at, job });
    vi.setSystemTime(at);
    enter(this);
    if (job.kind === 'history') this.historyLength = job.length;
    else if (job.kind !== 'activity' || !job.local) this.historyLength += 1;
    const answer = this.#apply(at, job);
    this.#unblock(); // after each job, before any promise has gone on; then until nothing is unblocked any more
    await quiet();
    for (let unblocked = 1; unblocked > 0;) {
      unblocked = this.#unblock();
      await quiet();
    }
    return answer;
  }

  /** What the validator of an Update says: a refused one leaves no trace. */
  validate(at: number, name: string, input: unknown): Answer | undefined {
    vi.setSystemTime(at);
    enter(this);
    return answerOf(() => this.handlers.get(name)!.validator?.(input as never), 'refusals only');
  }

  query(name: string): unknown {
    return this.handlers.get(name)!.handle(undefined as never);
  }

  #apply(at: number, job: Job): Answer {
    switch (job.kind) {
      case 'start':
        this.startedAt = at;
        void this.#follow(job.workflow(job.input as never));
        return { done: undefined };
      case 'update':
      case 'signal':
        return answerOf(() => this.handlers.get(job.name)!.handle(job.input as never))!;
      case 'timer': {
        const timer = this.timers.get(job.seq);
        this.timers.delete(job.seq);
        timer?.fire();
        return { done: undefined };
      }
      case 'activity': {
        const asked = this.activities.get(job.seq);
        this.activities.delete(job.seq);
        asked?.settle(job);
        return { done: undefined };
      }
      case 'history':
        return { done: undefined };
    }
  }

  async #follow(result: Promise<unknown>): Promise<void> {
    try {
      this.outcome = { closed: await result };
    } catch (failed) {
      this.outcome = failed instanceof ContinuedAsNew ? { continued: this.continuedWith } : { failed };
    }
  }

  #unblock(): number {
    let all = 0;
    for (let before = -1; before !== all;) {
      before = all;
      for (const [seq, { fn, resolve }] of this.blocked) {
        if (!fn()) continue;
        resolve();
        this.blocked.delete(seq);
        all += 1;
      }
    }
    return all;
  }
}

/** Until nothing is left to run: promises first, then the event loop comes round. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function answerOf(act: () => unknown, only?: 'refusals only'): Answer | undefined {
  try {
    const done = act();
    return only ? undefined : { done };
  } catch (error) {
    if (error instanceof ApplicationFailure) return { refused: error.message, kind: error.details?.[0] };
    return { broke: error };
  }
}

class Scope {
  static current(): undefined {
    return undefined;
  }
  static nonCancellable<T>(act: () => T): T {
    return act();
  }
  readonly asked: Pick<Asked, 'cancel'>[] = [];
  run<T>(act: () => T): T {
    const outer = scope;
    setScope(this);
    try {
      return act();
    } finally {
      scope = outer;
    }
  }
  cancel(): void {
    for (const each of this.asked) each.cancel();
  }
}

function ask(name: string, input: unknown, local: boolean): Promise<unknown> {
  const run = running();
  const seq = (run.seq += 1);
  run.command(`${local ? 'at once ' : ''}${name} ${JSON.stringify(input)}`);
  if (!local) run.historyLength += 1;
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) =>
      reject(new ActivityFailure(name, name, String(seq), 'NON_RETRYABLE_FAILURE', undefined, cause));
    const asked: Asked = {
      seq,
      name,
      input,
      local,
      settle: ({ result, failure }) =>
        failure === undefined
          ? resolve(result)
          : failed(ApplicationFailure.create({ type: failure, message: failure, nonRetryable: true })),
      cancel: () => {
        if (!run.activities.delete(seq)) return;
        run.command(`cancel ${name} ${seq}`);
        run.calledOff.push(asked);
        failed(new CancelledFailure('called off'));
      },
    };
    run.activities.set(seq, asked);
    scope?.asked.push(asked);
  });
}

function condition(fn: () => boolean, pauseMs?: number): Promise<void> {
  if (pauseMs !== undefined) throw new Error('A condition with a time-out is not stood in for');
  const run = running();
  const seq = (run.seq += 1);
  return new Promise((resolve) => {
    if (fn()) resolve();
    else run.blocked.set(seq, { fn, resolve });
  });
}

function sleep(pause: Duration): Promise<void> {
  const pauseMs = msToNumber(pause);
  const run = running();
  const seq = (run.seq += 1);
  run.command(`timer ${pauseMs}`);
  return new Promise((resolve, reject) => {
    run.timers.set(seq, { at: Date.now() + Math.max(pauseMs, 1), fire: resolve });
    const cancel = () => {
      if (!run.timers.delete(seq)) return;
      run.command(`cancel timer ${seq}`);
      reject(new CancelledFailure('called off'));
    };
    scope?.asked.push({ cancel });
  });
}

const activities = (local: boolean) => () =>
  new Proxy({}, { get: (_, name) => (input: unknown) => ask(String(name), input, local) });

/** What stands in for the parts of `@temporalio/workflow` that speak to a server. */
export const workflowStandIn = {
  condition,
  sleep,
  CancellationScope: Scope,
  allHandlersFinished: () => true,
  workflowInfo: () => ({
    historyLength: running().historyLength,
    continueAsNewSuggested: false,
    runStartTime: new Date(running().startedAt),
    currentDeploymentVersion: undefined,
    unsafe: { isReplaying: running().isReplaying },
  }),
  setHandler: (
    { name }: { name: string },
    handle: Handler['handle'],
    options?: { validator?: Handler['validator'] },
  ) => void running().handlers.set(name, { handle, validator: options?.validator }),
  makeContinueAsNewFunc: () => (input: unknown) => {
    running().continuedWith = input;
    throw new ContinuedAsNew();
  },
  proxyActivities: activities(false),
  proxyLocalActivities: activities(true),
  upsertSearchAttributes: (pairs: readonly { key: { name: string }; value: unknown }[]) =>
    running().command(`upsert ${JSON.stringify(pairs.map(({ key, value }) => [key.name, value]))}`),
  setCurrentDetails: (text: string) => running().command(`details ${text}`),
  log: { error: () => undefined, info: () => undefined, warn: () => undefined },
};
