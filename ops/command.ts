/** A command of `npm run ops`. */
import type { OpsSettings } from '../platform/settings.ts';

export interface Command {
  readonly name: string;
  /** Arguments after the name, as the usage line shows them. */
  readonly usage: string;
  readonly does: string;
  /**
   * Runs it.
   * @returns the exit code
   * @throws UsageError, SettingsError
   */
  readonly run: (args: readonly string[], io: Io) => Promise<number>;
}

export interface Io {
  readonly settings: OpsSettings;
  /** A line of the answer, on standard output. */
  readonly print: (line: string) => void;
  /** A line of progress, on standard error. */
  readonly tell: (line: string) => void;
}

/** It was asked for in a way that can't be carried out: one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
