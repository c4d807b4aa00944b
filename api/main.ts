/** The API as a process. The environment is read here, once. */
import { traced } from '../platform/begin-tracing.ts';
import { loadHousingBook } from '../platform/housing-forms.ts';
import { createRegistry, serveMetrics } from '../platform/metrics.ts';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/main.ts';
import { openStores } from '../platform/stores.ts';
import { loadPartners } from '../platform/partner-registry.ts';
import { readPayloadKeys } from '../platform/payload-keys.ts';
import { loadRuleBook } from '../platform/rule-sets.ts';
import { createSealer } from '../platform/sealer.ts';
import { ApiSettings, readSettings, SettingsError } from '../platform/settings.ts';
import { createVerifyToken } from './access.ts';
import { createApp } from './app.ts';
import { codecAccessOf } from './codec.ts';
import { connectForCallers, createGateway } from './gateway.ts';
import { fingerprintKeyOf } from './idempotency.ts';
import { createCallMetrics } from './metrics/calls.ts';
import { measureStanding } from './metrics/standing.ts';
import { listen } from './server.ts';
import { version } from './version.ts';

await runMain(async () => {
  const settings = readSettings(ApiSettings, process.env);
  const log = createLog('api', settings.LOG_LEVEL);
  const now = new Date().toISOString();
  const ruleBook = await loadRuleBook(now);
  const housing = await loadHousingBook(now);
  const national = [...ruleBook.sets.values()]
    .filter(({ layer }) => layer === 'national')
    .map(({ id }) => id);
  if (!national.includes(settings.RULES))
    throw new SettingsError(`Wrong setting: RULES: must be one of ${national.join(', ')}`);
  const payloadKeys = await readPayloadKeys(settings);
  const tracing = await traced('api', settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const stores = await openStores(settings, log, 'api');
  const verifyToken = createVerifyToken({
    jwksUrl: settings.JWKS_URL,
    issuer: settings.TOKEN_ISSUER,
    audience: settings.TOKEN_AUDIENCE,
    longestHours: settings.TOKEN_MAX_HOURS,
  });
  const codec = codecAccessOf(settings, payloadKeys, verifyToken);
  const gateway = createGateway({
    client: connectForCallers(settings, payloadKeys),
    taskQueue: settings.TASK_QUEUE,
    ...(settings.RUN_EVENTS && { budget: { events: settings.RUN_EVENTS, days: 30 } }),
  });
  const registry = settings.METRICS_ADDRESS ? createRegistry() : undefined;
  const app = createApp({
    gateway,
    verifyToken,
    sealer: createSealer(stores.keys),
    processing: stores.processing,
    ruleBook,
    housing,
    rules: settings.RULES,
    partners: await loadPartners(settings.PARTNER_REGISTRY),
    eventWindowDays: settings.EVENT_WINDOW_DAYS,
    keptHere: { courseDays: settings.COURSE_KEPT_DAYS, logYears: settings.PROCESSING_LOG_YEARS },
    ...(settings.DDAS_SUPPLIER && { debtSupplier: settings.DDAS_SUPPLIER }),
    log,
    now: () => new Date().toISOString(),
    version,
    fingerprintKey: fingerprintKeyOf(payloadKeys),
    rateLimits: { perClient: settings.RATE_LIMIT, perAddress: settings.RATE_LIMIT_ADDRESS },
    ...(settings.TRUST_PROXY && { trustProxy: settings.TRUST_PROXY }),
    ...(codec && { codec }),
    ...(registry && { metrics: createCallMetrics(registry) }),
  });
  const everyMs = settings.METRICS_EVERY_SECONDS * 1000;
  const measured = registry && {
    standing: measureStanding(gateway, { registry, everyMs, log }),
    server: await serveMetrics(settings.METRICS_ADDRESS!, registry, log),
  };
  const server = await listen(app, {
    host: settings.HOST,
    port: settings.PORT,
    connections: settings.MAX_CONNECTIONS,
    ending: () => gateway.changes.close(),
    log,
  });
  log.info({ url: server.url, ...(measured && { metrics: measured.server.url }) }, 'api ready');
  return {
    async stop() {
      await server.stop();
      await measured?.standing.stop();
      await measured?.server.stop();
      await gateway.close();
      await stores.close();
      await tracing.stop();
      log.info('api stopped');
    },
  };
});
