/** The real system in which a scenario is played: server, worker, API and played partners, and the clock of that server. */
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { passTo } from '../../test/support/passing-time.ts';
import { startSystem } from '../../test/support/system.ts';
import { until } from '../../test/support/until.ts';
import { apiClient, type ApiClient } from '../scenario/api-client.ts';
import type { Call } from '../scenario/moves.ts';
import { NEVER_BY_ITSELF_MS, type Answering } from '../scenario/partners.ts';

/** A look in the middle of a task in which a partner is asked may stop the server's clock: passing-time.ts. */
const activityMs = 300;

/** In real time. In fast play nobody answers before being told to. */
const partnersTakeMs = 200;
/** In real time, how long nobody looks at the most. */
const lookEveryMs = 250;

export interface World {
  /** ISO 8601, UTC, by the clock of the server. */
  readonly now: () => Promise<string>;
  /** Lets the time pass to a moment, or a part of it: whoever calls looks again. */
  readonly passTo: (moment: string) => Promise<void>;
  /** Waits until a route that has just started waits for others, where it asks somebody at once. */
  readonly begun?: (routeId: string) => Promise<void>;
  /** Waits until the route has heard an answer that a partner was told to give. */
  readonly heard?: (requestId: string) => Promise<void>;
  readonly apiFor: (who: Call['by'], municipality: string) => ApiClient;
  readonly policyApi: ApiClient;
  readonly partnersUrl: string;
  readonly answering: Answering;
  readonly tell: (party: PartnerParty, event: unknown) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export interface WorldOptions {
  readonly fast: boolean;
  readonly rules: string;
  readonly rulesFolder: string;
  readonly language: Language;
}

/** Brings it up; the server's binary is named in the environment. Whoever calls it calls `stop`. */
export async function createWorld({ fast, rules, rulesFolder, language }: WorldOptions): Promise<World> {
  const server = fast ? 'time-skipping' : 'dev';
  // As the server's clock was read last: what people record there is of a day that has come.
  let lastMs = Date.now();
  const system = await startSystem({
    server,
    rules,
    rulesFolder,
    ...(fast && { clock: () => lastMs }),
    delayMs: fast ? NEVER_BY_ITSELF_MS : partnersTakeMs,
  });
  const nowMs = async () => (lastMs = fast ? await system.env.currentTimeMs() : Date.now());
  const apiOf = (who: Parameters<typeof system.token>[0]) =>
    apiClient(system.url, () => system.token(who), language);
  const rowsOf = (requestId: string) => system.simulator.ledger(requestId.split(':')[0]).requests;
  const settling = {
    begun: async (routeId: string) => {
      await until('the first partner is asked', () => rowsOf(routeId).length > 0);
      await sleep(activityMs);
    },
    heard: async (requestId: string) => {
      const isHeard = () =>
        rowsOf(requestId).some((row) => row.requestId === requestId && row.receipts.length > 0);
      await until(`${requestId} is heard`, isHeard);
    },
  };
  return {
    ...(fast && settling),
    now: async () => new Date(await nowMs()).toISOString(),
    async passTo(moment) {
      const thenMs = Date.parse(moment) + 1000;
      if (fast) return passTo(system.env, thenMs);
      const aheadMs = thenMs - Date.now();
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(aheadMs, lookEveryMs)));
    },
    apiFor: (who, municipality) => apiOf({ role: 'case-manager', subject: 'cm-17', ...who, municipality }),
    policyApi: apiOf({ role: 'policy', subject: 'pol-1' }),
    partnersUrl: system.simulatorUrl,
    answering: fast ? 'when-told' : 'by-themselves',
    tell: async (party, event) =>
      fetch(`${system.url}/v1/partner-events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await system.token({ role: 'partner', subject: party, party })}`,
          'content-type': 'application/cloudevents+json',
        },
        body: JSON.stringify(event),
      }),
    stop: () => system.stop(),
  };
}
