/** What each file of ops/commands exports. */
export interface OpsCommand {
  readonly name: string;
  /** What is written behind its name, and what it is for; lines. */
  readonly usage: string;
  /** @returns the exit code @throws SettingsError for what was written wrong: one line, exit code 2 */
  run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number>;
}
