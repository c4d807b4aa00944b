/** The simulator's settings, read once. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { Behaviours } from './behaviours.ts';

const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from 0 to ${max}`)
    .transform(Number)
    .refine((number) => number <= max, `must be a whole number from 0 to ${max}`);

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const longestDelayMs = 1_000_000_000;

const Variables = z.object({
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  SIMULATOR_PORT: whole(65_535).default(8090),
  DATA_DIR: z.string().default('.data'),
  SIMULATOR_DELAY_MS: whole(longestDelayMs).default(400),
  SIMULATOR_JITTER_MS: whole(longestDelayMs).default(0),
  SIMULATOR_SIGNS_EVENTS: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  SIMULATOR_BEHAVIOURS: json.pipe(Behaviours).optional(),
  TOKEN_ISSUER: z.url('must be a URL').default('http://127.0.0.1:8090/identity'),
  TOKEN_AUDIENCE: z.string().default('outflow-routes'),
  SIMULATOR_CLIENT_ID: z.string().optional(),
  SIMULATOR_CLIENT_SECRET: z.string().optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  STOP_WITH_PARENT: z.string().optional(),
});
const Environment = Variables.refine(
  ({ SIMULATOR_CLIENT_ID: id, SIMULATOR_CLIENT_SECRET: secret }) => !id === !secret,
  { path: ['SIMULATOR_CLIENT_ID'], message: 'and SIMULATOR_CLIENT_SECRET go together' },
);

/** A setting is wrong; the message is one line that names each variable. */
export class SettingError extends Error {}

/**
 * Reads the environment; an empty variable counts as left out.
 * @throws SettingError
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>) {
  const outcome = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value)));
  if (!outcome.success) {
    const wrong = outcome.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`);
    throw new SettingError(wrong.join('; '));
  }
  const { data } = outcome;
  const { SIMULATOR_CLIENT_ID: id, SIMULATOR_CLIENT_SECRET: secret } = data;
  return {
    host: data.SIMULATOR_HOST,
    port: data.SIMULATOR_PORT,
    dataDir: resolve(data.DATA_DIR),
    delayMs: data.SIMULATOR_DELAY_MS,
    jitterMs: data.SIMULATOR_JITTER_MS,
    ...(data.SIMULATOR_BEHAVIOURS && { behaviours: data.SIMULATOR_BEHAVIOURS }),
    ...(id && secret && { client: { id, secret } }),
    signsEvents: data.SIMULATOR_SIGNS_EVENTS === '1',
    issuer: data.TOKEN_ISSUER,
    audience: data.TOKEN_AUDIENCE,
    logLevel: data.LOG_LEVEL,
    stopsWithParent: data.STOP_WITH_PARENT === '1',
  };
}
