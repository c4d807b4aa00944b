/**
 * Hears of failing workflow tasks. The SDK tells nobody but its log, and there by the id of the run alone: be it an error of
 * the workflow code, or a history that the code does not fit, its core says "Failing workflow task" at the first attempt.
 */
import type { LogLevel, LogMetadata, Logger } from '@temporalio/worker';

const said = 'Failing workflow task';

export class FailingTasks {
  readonly #hearers = new Set<(runId: string) => void>();

  /** Calls back with the id of each run whose workflow task fails. Gives back how to stop that. */
  on(hear: (runId: string) => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  /** A log that passes everything on, and listens. Core's own lines have to be forwarded to it. */
  heardIn(log: Logger): Logger {
    const at =
      (level: LogLevel) =>
      (message: string, meta?: LogMetadata): void => {
        if (message === said) this.#heard(meta?.runId);
        log.log(level, message, meta);
      };
    return {
      log: (level, message, meta) => at(level)(message, meta),
      trace: at('TRACE'),
      debug: at('DEBUG'),
      info: at('INFO'),
      warn: at('WARN'),
      error: at('ERROR'),
    };
  }

  #heard(runId: unknown): void {
    if (typeof runId === 'string') for (const hear of this.#hearers) hear(runId);
  }
}
