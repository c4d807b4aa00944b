/** The real system in which a scenario is played: server, worker, API and played partners, and the clock of that server. */
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { startSystem } from '../../test/support/system.ts';
import { apiClient, type ApiClient } from '../scenario/api-client.ts';
import type { Call } from '../scenario/moves.ts';
import type { Answering } from '../scenario/partners.ts';

/** Of what partners answer by themselves: commitments, and all of it in real time. */
const partnersTakeMs = 200;
/** In real time, how long nobody looks at the most. */
const lookEveryMs = 250;

export interface World {
  /** ISO 8601, UTC, by the clock of the server. */
  readonly now: () => Promise<string>;
  /** Lets the time pass to a moment, or a part of it: whoever calls looks again. */
  readonly passTo: (moment: string) => Promise<void>;
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
  const system = await startSystem({ server, rules, rulesFolder, quiet: true, delayMs: partnersTakeMs });
  const nowMs = async () => (fast ? system.env.currentTimeMs() : Date.now());
  const apiOf = (who: Parameters<typeof system.token>[0]) =>
    apiClient(system.url, () => system.token(who), language);
  return {
    now: async () => new Date(await nowMs()).toISOString(),
    async passTo(moment) {
      const aheadMs = Date.parse(moment) + 1000 - (await nowMs());
      if (aheadMs <= 0) return;
      if (fast) await system.env.sleep(aheadMs);
      else await new Promise((resolve) => setTimeout(resolve, Math.min(aheadMs, lookEveryMs)));
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
