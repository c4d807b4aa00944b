/** Settings: read once, in a main, checked with zod. A wrong one is one clear line and exit 2. */
import { z } from 'zod';
import { keySettings } from './key-settings.ts';
import { metricsVariables, tracingVariables } from './metrics-settings.ts';
import { outboundVariables } from './outbound-settings.ts';
import { trustedProxies } from './trusted-proxies.ts';

const port = z.coerce.number().int().min(1).max(65_535);
const perMinute = z.coerce.number().int().min(1);
/** Whoever finds a token may do with it what its owner may. */
export const longestTokenHours = 24;
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);

const shared = {
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'must be host:port')
    .default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TASK_QUEUE: z.string().min(1).default('outflow-routes'),
  DATA_DIR: z.string().min(1).default('.data'),
  RULES: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('demo'),
  LOG_LEVEL: logLevel.default('info'),
  PROCESSING_LOG_YEARS: z.coerce
    .number()
    .positive()
    .default(5)
    .describe('How long the log of data processing is kept after the last line about a route [assumed]'),
  ...keySettings,
};

const seconds = z.coerce.number().positive();

const WorkerVariables = z.object({
  ...shared,
  ...outboundVariables,
  ...metricsVariables,
  ...tracingVariables,
  ZGW_CATALOGUE: z
    .string()
    .optional()
    .describe('File with the parts of the catalogue that files refer to, by municipality (contracts/zgw.ts)'),
  ZGW_CLIENT_ID: z.string().max(50).optional().describe('By which the record system knows this product'),
  ZGW_SECRET: z.string().optional().describe('Of that client'),
  ZGW_SECRET_FILE: z.string().optional().describe('File with that secret, in its place'),
  API_URL: z.url().default('http://127.0.0.1:8080').describe('Where partners answer'),
  ROUTE_LINK: z
    .string()
    .regex(/^https?:\/\/.*\{routeId\}/, 'must be a URL with {routeId} in it')
    .optional()
    .describe('Where whoever gets a digest looks at a route; left out: its waits at API_URL'),
  TROUBLE_FIRST_LOOK: seconds
    .default(30)
    .describe('Seconds after which a route that is stuck is looked at again; the time grows each time'),
  TROUBLE_LONGEST_LOOK: seconds.default(900).describe('Seconds between two looks at the most'),
  WATCHDOG_PER_SECOND: z.coerce
    .number()
    .positive()
    .default(20)
    .describe('How many routes the watchdog looks at in a second'),
  WORKFLOW_BUNDLE: z.string().optional().describe('A bundle built before; left out: bundled at start'),
  WORKER_DEPLOYMENT: z
    .string()
    .regex(/^(?!__)[^.:]{1,100}$/, 'at most 100 characters, no "." or ":", not beginning with "__"')
    .optional()
    .describe('Name of the worker deployment whose versions routes are pinned to; left out: not pinned'),
  WORKER_BUILD_ID: z
    .string()
    .regex(/^(?!__).{1,100}$/, 'at most 100 characters, not beginning with "__"')
    .optional()
    .describe('This version of the deployment: another one for each change of workflows/ or domain/'),
});
export const WorkerSettings = WorkerVariables.superRefine((given, ctx) => {
  if (given.PARTNER_STANDARDS['record-system'] === 'zgw')
    for (const name of ['ZGW_CATALOGUE', 'ZGW_CLIENT_ID', 'ZGW_SECRET'] as const)
      if (!given[name] && !(name === 'ZGW_SECRET' && given.ZGW_SECRET_FILE))
        ctx.addIssue({
          code: 'custom',
          path: [name],
          message: `must be set${name === 'ZGW_SECRET' ? ' (or ZGW_SECRET_FILE)' : ''} when PARTNER_STANDARDS names record-system:zgw`,
        });
  const named = ['WORKER_DEPLOYMENT', 'WORKER_BUILD_ID'] as const;
  const missing = named.filter((name) => !given[name]);
  if (missing.length !== 1) return;
  const other = named.find((name) => name !== missing[0]);
  ctx.addIssue({
    code: 'custom',
    path: missing,
    message: `must be set as well when ${other} is, or neither`,
  });
});
export type WorkerSettings = z.infer<typeof WorkerSettings>;

export const ApiSettings = z.object({
  ...shared,
  COURSE_KEPT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe(
      'Retention period of the Temporal namespace: the certificate says until when the course is kept',
    ),
  PORT: port.default(8080),
  HOST: z.string().default('127.0.0.1'),
  JWKS_URL: z.url().default('http://127.0.0.1:8090/identity/jwks.json'),
  TOKEN_ISSUER: z.string().default('http://127.0.0.1:8090/identity'),
  TOKEN_AUDIENCE: z.string().default('outflow-routes'),
  TOKEN_MAX_HOURS: z.coerce
    .number()
    .positive()
    .default(longestTokenHours)
    .describe('Tokens that hold for longer are not taken'),
  RATE_LIMIT: perMinute
    .default(12_000)
    .describe('Calls a minute of one client: the subject of a token, the party of a partner'),
  RATE_LIMIT_ADDRESS: perMinute.default(600).describe('Calls a minute of one address without a valid token'),
  TRUST_PROXY: trustedProxies.describe(
    'How many proxies stand in front, or their addresses: their X-Forwarded-For is believed; left out: none',
  ),
  MAX_CONNECTIONS: z.coerce.number().int().min(1).default(10_000).describe('Open at once, for one process'),
  RUN_EVENTS: z.coerce
    .number()
    .int()
    .min(20)
    .optional()
    .describe(
      'History events after which a route that starts now continues as new; left out: the usual number',
    ),
  PARTNER_REGISTRY: z
    .string()
    .optional()
    .describe(
      'File that says which organisations tell news as which party (contracts/partner-registry.ts); left out: the played partners',
    ),
  EVENT_WINDOW_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(366)
    .default(30)
    .describe('How many days ago the news may be that a partner tells'),
  DDAS_SUPPLIER: z
    .string()
    .max(50)
    .optional()
    .describe('Code that DDAS gave the supplier of debt data; left out: unassigned'),
  ...metricsVariables,
  ...tracingVariables,
  METRICS_EVERY_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(60)
    .describe('How often all open routes are looked at for the figures of METRICS_ADDRESS'),
  CODEC_ORIGIN: z.url().optional().describe('Where the Temporal UI is; left out: no codec endpoint'),
  CODEC_ACCESS: z
    .enum(['token', 'open', 'open-in-container'])
    .default('token')
    .describe(
      'open: for a UI without sign-in, where HOST is this machine alone, or the port that a container publishes is',
    ),
});
export type ApiSettings = z.infer<typeof ApiSettings>;

export const OpsSettings = z.object({
  ...shared,
  TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233').describe('Where the Temporal UI is'),
});
export type OpsSettings = z.infer<typeof OpsSettings>;

export const ConnectionSettings = z.object(shared);
export type ConnectionSettings = z.infer<typeof ConnectionSettings>;

/**
 * Reads settings from the environment. An empty variable counts as not set.
 * @throws SettingsError naming every wrong variable, in one line; never its value, which may be a secret
 */
export function readSettings<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new SettingsError(`Wrong setting: ${wrong.join('; ')}`);
}

/** Something about how the program was started is wrong: said in one line, exit code 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
