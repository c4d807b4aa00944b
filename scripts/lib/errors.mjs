/** A setting that cannot be used. Ends the script with one line and exit code 2. */
export class SettingError extends Error {}

/** Something outside the project is missing. Ends the script with its message and exit code 1, no stack trace. */
export class SetUpError extends Error {}

/**
 * Runs a script's main function and turns what it throws into an exit code.
 * @param {() => Promise<number | void>} main its number is the exit code, none means 0
 */
export async function runMain(main) {
  try {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major < 20 || (major === 20 && minor < 19)) {
      throw new SettingError(`Node ${process.versions.node} is too old: install Node 20.19 or later.`);
    }
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const expected = error instanceof SettingError || error instanceof SetUpError;
    console.error(expected ? error.message : error);
    process.exitCode = error instanceof SettingError ? 2 : 1;
  }
}
