/**
 * The demo: the people of `examples/` start their routes, and whatever people do in them is played. One line per change.
 * It stops when every route is closed or waits for something only a person can mend.
 */
import { z } from 'zod';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/main.ts';
import { ApiSettings, readSettings } from '../platform/settings.ts';
import { loadSigningKey, signToken } from '../simulator/identity.ts';
import { play, untilAnswered } from './demo/play-example.ts';
import { apiClient } from './scenario/api-client.ts';
import { behaviourSetter } from './scenario/behaviours.ts';
import { agreeOn, yearOf } from './scenario/housing-agreement.ts';
import { readExamples } from './scenario/read.ts';
import type { Scenario } from './scenario/scenario.ts';
import { laterUnder } from './scenario/span.ts';
import { stageOf } from './scenario/stage.ts';

const DemoSettings = ApiSettings.extend({
  API_URL: z.url().default('http://127.0.0.1:8080'),
  PARTNERS_URL: z.url().default('http://127.0.0.1:8090'),
});

await runMain(async () => {
  const settings = readSettings(DemoSettings, process.env);
  const { API_URL: apiUrl, PARTNERS_URL: partnersUrl } = settings;
  const log = createLog('demo', settings.LOG_LEVEL);
  const key = await loadSigningKey(settings.DATA_DIR);
  const common = { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE, expiresInSeconds: 600 };
  type Who = Omit<Parameters<typeof signToken>[0], 'key' | keyof typeof common>;
  const tokenOf = (who: Who) => signToken({ key, ...who, ...common });
  const apiOf = (who: Who) => apiClient(apiUrl, () => tokenOf(who));
  const stopping = new AbortController();
  const behave = await behaviourSetter(partnersUrl);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const examples = await readExamples(process.argv[2]);
  const policyApi = apiOf({ role: 'policy', subject: 'pol-1' });
  const byRegion = new Map(examples.map((example) => [example.start.region, example]));
  for (const example of byRegion.values()) {
    const agreed = await untilAnswered(
      () => agreeOn(policyApi, example, { year: yearOf(new Date()) }),
      stopping.signal,
    );
    if (agreed) say(agreed);
  }

  const stageFor = (
    { name, label, start: { municipality, caseManager: subject } }: Scenario,
    routeId: string,
  ) =>
    stageOf({
      routeId,
      partnersUrl,
      keyPrefix: `demo-${name}-`,
      apiFor: (by = { role: 'case-manager', subject }) =>
        apiOf({ ...by, municipality: by.municipality ?? municipality }),
      tell: async (party, event) =>
        fetch(`${apiUrl}/v1/partner-events`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await tokenOf({ role: 'partner', subject: party, party })}`,
            'content-type': 'application/cloudevents+json',
          },
          body: JSON.stringify(event),
        }),
      onRefused: (key, why) => log.warn({ key, why }, `${label}: refused`),
    });
  const plays = examples.map((example) => {
    const { caseManager: subject, municipality } = example.start;
    return play({
      example,
      api: apiOf({ role: 'case-manager', subject, municipality }),
      setPartners: (routeId) => behave(example, routeId),
      stageFor: (routeId) => stageFor(example, routeId),
      later: laterUnder(settings.RULES),
      say,
      signal: stopping.signal,
    });
  });
  const all = Promise.all(plays).catch((error: unknown) => {
    log.error({ err: error }, 'demo ended');
    process.exit(1);
  });
  void all.then(() => process.exit(0));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 1000))]);
    },
  };
});
