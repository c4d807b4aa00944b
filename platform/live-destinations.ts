/**
 * Whom the worker calls, as PARTNERS_FILE has it now: a partner that moves, or a certificate that is renewed, needs no
 * restart. A file that is wrong changes nothing, and is said in the log until it is mended.
 */
import { readDestinations, type Destination, type Destinations } from './destinations.ts';
import type { Logger } from './log.ts';
import type { DestinationName } from './partners-file.ts';
import { SettingsError, type WorkerSettings } from './settings.ts';

/**
 * Reads all of it, and again every some seconds.
 * @returns what holds now; of whom nothing changed it is the same object as before
 * @throws SettingsError when something is missing or wrong at the start
 */
export function liveDestinations(settings: WorkerSettings, log?: Logger): () => Destinations {
  let current = readDestinations(settings);
  let fault: string | undefined;
  const { PARTNERS_FILE, PARTNERS_RELOAD_SECONDS: everySeconds } = settings;
  if (!PARTNERS_FILE || everySeconds === 0) return () => current;

  const look = () => {
    try {
      const { next, changed } = withChanges(current, readDestinations(settings));
      if (fault !== undefined) log?.info('PARTNERS_FILE is right again');
      if (changed.length > 0) log?.info({ changed }, 'partners are called by the changed PARTNERS_FILE');
      current = next;
      fault = undefined;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      if (error.message !== fault)
        log?.error(
          { fault: error.message },
          'the changed PARTNERS_FILE is wrong: the one before goes on holding',
        );
      fault = error.message;
    }
  };
  setInterval(look, everySeconds * 1000).unref(); // as long as the process
  return () => current;
}

/** @throws SettingsError for what can't be changed under way */
function withChanges(before: Destinations, read: Destinations) {
  const names = Object.keys(read) as DestinationName[];
  const changed = names.filter((name) => printOf(before[name]) !== printOf(read[name]));
  const other = changed.find((name) => before[name].standard !== read[name].standard);
  if (other)
    throw new SettingsError(`Wrong setting: PARTNERS_FILE: ${other}.standard: another one needs a restart`);
  const next = { ...before, ...Object.fromEntries(changed.map((name) => [name, read[name]])) };
  return { next, changed };
}

/** Tells one from another; never leaves the process. */
const printOf = (destination: Destination): string => JSON.stringify(destination);
