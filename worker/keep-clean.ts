/** Lets go of what has been kept for long enough: the log of data processing, once a day. */
import { ProcessingLogAway, type ProcessingLog } from '../platform/processing-log.ts';
import type { Logger } from '../platform/log.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;

/** @param years - after the last line about a route */
export function keepClean(
  processing: ProcessingLog,
  { years, log, everyMs = DAY_MS }: { years: number; log: Logger; everyMs?: number },
): { stop(): void } {
  const clean = async () => {
    try {
      const routes = await processing.prune(new Date(Date.now() - years * YEAR_MS).toISOString());
      if (routes > 0) log.info({ event: 'processing-log-pruned', routes }, 'log of data processing');
    } catch (error) {
      if (!(error instanceof ProcessingLogAway)) throw error;
      log.warn({ event: 'processing-log-away' }, error.message); // tomorrow is soon enough
    }
  };
  void clean();
  const timer = setInterval(() => void clean(), everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
