/** The line to Temporal that all parts of the gateway share. No call goes out without a deadline. */
import {
  QueryNotRegisteredError,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { problemOf } from './failures.ts';
import { Silence } from './silence.ts';

const describedWithinMs = 3000;
const pingedWithinMs = 500;
const answeredWithinMs = 5000;
/** How often a workflow is asked at the most, see `Line.ask`. */
const asks = 4;

export class Line {
  readonly client: Client;
  readonly taskQueue: string;
  readonly silence: Silence;
  /** The clock, in milliseconds, by which silence and health are judged. */
  readonly now: () => number;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(client: Client, taskQueue: string, now: () => number = Date.now) {
    this.client = client;
    this.taskQueue = taskQueue;
    this.now = now;
    this.silence = new Silence(now);
  }

  /** Makes a call, or several, that must be done within so many milliseconds. */
  within<T>(ms: number, call: () => Promise<T>): Promise<T> {
    const made = this.client.withDeadline(Date.now() + ms, call);
    this.#underWay.add(made);
    void made.catch(() => undefined).then(() => this.#underWay.delete(made));
    return made;
  }

  /** Closes when nothing is under way: a call that tries again on a closed channel would end the process. */
  async close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.client.connection.close();
  }

  handle(routeId: string): WorkflowHandle {
    return this.client.workflow.getHandle(workflowIdOf(routeId));
  }

  /**
   * Asks a workflow, also one that has ended. A Query that something came in beside is refused, since that is not heard yet
   * (workflows/right-time.ts): it is asked again, and answered when it was.
   */
  async ask<T>(workflowId: string, query: QueryDefinition<T>): Promise<T> {
    const once = () => this.client.workflow.getHandle(workflowId).query(query);
    const often = (more: number): Promise<T> =>
      once().catch((error: unknown) => {
        if (more > 0 && error instanceof QueryNotRegisteredError) return often(more - 1);
        throw error;
      });
    const answer = await this.within(answeredWithinMs, () => often(asks - 1));
    this.silence.broken();
    return answer;
  }

  /** Whether Temporal itself answers. */
  async isUp(): Promise<boolean> {
    try {
      await this.within(pingedWithinMs, () => this.client.workflowService.getSystemInfo({}));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * What the server itself knows of a route, also while no worker is there.
   * @throws ApiProblem unknown-route, temporal-away
   */
  describe(routeId: string): Promise<WorkflowExecutionDescription> {
    return this.within(describedWithinMs, () => this.handle(routeId).describe()).catch(
      async (error: unknown) => {
        throw await problemOf(error);
      },
    );
  }

  /** The problem of a failed call that a worker should have answered. */
  problemOf(error: unknown): Promise<unknown> {
    return problemOf(error, () => this.isUp());
  }
}

/** One workflow per route. */
export function workflowIdOf(routeId: string): string {
  return `route/${routeId}`;
}
