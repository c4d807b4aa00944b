/** Starts the partner simulator: `tsx simulator/main.ts`. For development and tests only. */
import { pino } from 'pino';
import { createSimulator, type RunningSimulator } from './create-simulator.ts';
import { readSettings, SettingError } from './settings.ts';

async function main(): Promise<void> {
  const { logLevel, stopsWithParent, ...settings } = readSettings(process.env);
  const log = pino({ level: logLevel, name: 'simulator' });
  const running = await createSimulator({ ...settings, log })
    .start()
    .catch(explain(settings));

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    log.info('simulator stops');
    running.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        log.error({ err: cause }, 'simulator did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  log.info({ url: running.url }, 'simulator listens'); // from here on somebody may stop it
  if (stopsWithParent) process.stdin.resume().once('end', stop).once('close', stop).once('error', stop);
}

/** A port that is taken is a wrong setting too. */
function explain({ host, port }: { host: string; port: number }) {
  return (cause: NodeJS.ErrnoException): Promise<RunningSimulator> => {
    const reasons: Record<string, string> = {
      EADDRINUSE: 'is taken: stop what runs there, or choose another port',
      EACCES: 'may not be used: choose a port above 1023',
      EADDRNOTAVAIL: 'is no address of this machine: see SIMULATOR_HOST',
      ENOTFOUND: 'is no address of this machine: see SIMULATOR_HOST',
    };
    const reason =
      cause.syscall === 'listen' || cause.syscall === 'getaddrinfo' ? reasons[cause.code ?? ''] : undefined;
    throw reason ? new SettingError(`SIMULATOR_PORT ${host}:${port} ${reason}`) : cause;
  };
}

main().catch((cause: unknown) => {
  process.stderr.write(`simulator: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(cause instanceof SettingError ? 2 : 1);
});
