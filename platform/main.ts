/** What every process does at its edges: one clear line for what is wrong at the start, and an orderly stop. */
import { SettingsError } from './settings.ts';

/**
 * Runs a process. A wrong setting is one line on stderr and exit 2; any other failure one line and exit 1.
 * @param start - brings everything up and gives back how to bring it down again
 */
export async function runMain(start: () => Promise<{ stop: () => Promise<void> }>): Promise<void> {
  try {
    const running = await start();
    await untilAskedToStop();
    await running.stop();
    process.exit(0);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message.split('\n')[0]}\n`);
    process.exit(error instanceof SettingsError ? 2 : 1);
  }
}

/** Resolves on SIGTERM or SIGINT, and when the parent that wanted this process to go with it is gone. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    if (process.env.STOP_WITH_PARENT === '1') {
      process.stdin.once('end', () => resolve());
      process.stdin.once('error', () => resolve());
      process.stdin.resume();
    }
  });
}
