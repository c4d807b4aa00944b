/** The technical log: JSON lines, without anything personal. */
import { pino, type Logger } from 'pino';

/** Keys under which something personal or secret could arrive; their values are replaced wherever they stand. */
const secret = [
  'authorization',
  'cookie',
  'token',
  'bsn',
  'name',
  'birthDate',
  'postcode',
  'houseNumber',
  'openingAnswer',
  'person',
  'wishes',
  'note',
  'reason',
  'data',
  'jwe',
];

/** A logger for one process. */
export function createLog(service: string, level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secret.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  };
  return destination ? pino(options, destination) : pino(options);
}

export type { Logger } from 'pino';
