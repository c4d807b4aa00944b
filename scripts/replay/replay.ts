/** Replays histories against a workflow bundle, and says of each whether it still fits. */
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import type { History } from './history-file.ts';
import { placeOf, reasonIn, type Place } from './place.ts';

export interface Recorded {
  /** A workflow id, or the name of a file. */
  readonly name: string;
  /** With readable payloads. */
  readonly history: History;
}

export interface Verdict {
  readonly name: string;
  /** Left out when the replay went well. */
  readonly broken?: Place & { readonly message: string };
}

/**
 * Replays one history after the other in one replay worker.
 * @param workflowBundle - the code that is to take the routes on
 */
export async function* replay(
  workflowBundle: NonNullable<ReplayWorkerOptions['workflowBundle']>,
  recorded: Iterable<Recorded> | AsyncIterable<Recorded>,
): AsyncGenerator<Verdict> {
  const at = new Map<string, History>();
  async function* histories() {
    for await (const { name, history } of recorded) {
      at.set(name, history);
      yield { workflowId: name, history };
    }
  }
  for await (const { workflowId: name, error } of Worker.runReplayHistories(
    { workflowBundle },
    histories(),
  )) {
    const broken = error && { ...placeOf(at.get(name)!, error.message), message: reasonIn(error.message) };
    at.delete(name);
    yield { name, ...(broken && { broken }) };
  }
}
