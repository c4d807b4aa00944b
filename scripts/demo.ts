/**
 * The demo: the people of `examples/` start their routes, and a case manager who is played does what is theirs to
 * do. One line per change. It stops when every route is closed or waits for something only a person can mend.
 */
import { z } from 'zod';
import { createLog } from '../platform/log.ts';
import { runMain } from '../platform/main.ts';
import { ApiSettings, readSettings } from '../platform/settings.ts';
import { loadSigningKey, signToken } from '../simulator/identity.ts';
import { apiClient } from './demo/api-client.ts';
import { behaviourSetter } from './demo/behaviours.ts';
import { play, untilAnswered } from './demo/case-manager.ts';
import { readExamples } from './demo/example.ts';
import { agreeOn } from './demo/housing-agreement.ts';

const DemoSettings = ApiSettings.extend({
  API_URL: z.url().default('http://127.0.0.1:8080'),
  PARTNERS_URL: z.url().default('http://127.0.0.1:8090'),
});

await runMain(async () => {
  const settings = readSettings(DemoSettings, process.env);
  const log = createLog('demo', settings.LOG_LEVEL);
  const key = await loadSigningKey(settings.DATA_DIR);
  const { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = settings;
  const stopping = new AbortController();
  const behave = await behaviourSetter(settings.PARTNERS_URL);
  const which = process.argv[2];
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const examples = await readExamples(which);
  const policy = { role: 'policy', subject: 'pol-1', issuer, audience, expiresInSeconds: 600 } as const;
  const policyApi = apiClient(settings.API_URL, () => signToken({ key, ...policy }));
  for (const region of new Set(examples.flatMap(({ start }) => start.region ?? []))) {
    const agreed = await untilAnswered(() => agreeOn(policyApi, region, new Date()), stopping.signal);
    if (agreed) say(agreed);
  }
  const plays = examples.map((example) => {
    const { caseManager: subject, municipality } = example.start;
    const who = {
      role: 'case-manager',
      subject,
      municipality,
      issuer,
      audience,
      expiresInSeconds: 600,
    } as const;
    return play({
      example,
      api: apiClient(settings.API_URL, () => signToken({ key, ...who })),
      setPartners: (routeId) => behave(example, routeId),
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
