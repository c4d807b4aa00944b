/** The technical log: JSON lines, without anything personal. What is done with somebody's data has a log of its own. */
import { pino, type Logger } from 'pino';
import { redacted } from './redaction.ts';

/** A logger for one process. */
export function createLog(service: string, level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: redacted },
  };
  return destination ? pino(options, destination) : pino(options);
}

export type { Logger } from 'pino';
