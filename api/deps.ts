/** What the API stands on; brought in by main.ts, and by the tests. */
import type { KeptHere } from '../domain/certificate.ts';
import type { HousingBook } from '../domain/housing-catalogue.ts';
import type { RuleBook } from '../domain/rules.ts';
import type { Logger } from '../platform/log.ts';
import type { PartnerBook } from '../platform/partner-registry.ts';
import type { ProcessingLog } from '../platform/processing-log.ts';
import type { Sealer } from '../platform/sealer.ts';
import type { VerifyToken } from './access.ts';
import type { CodecAccess } from './codec.ts';
import type { Gateway } from './gateway.ts';
import type { CallMetrics } from './metrics/calls.ts';
import type { Limits, RateLimits } from './http/limits.ts';

export interface Deps {
  readonly gateway: Gateway;
  readonly verifyToken: VerifyToken;
  readonly sealer: Sealer;
  /** Says what was done with a person's data, before anything of it leaves. */
  readonly processing: ProcessingLog;
  readonly ruleBook: RuleBook;
  readonly housing: HousingBook;
  /** Id of the national rule set under which new routes start. */
  readonly rules: string;
  /** Who may tell news as which party. */
  readonly partners: PartnerBook;
  /** How many days ago the news may be that a partner tells. */
  readonly eventWindowDays: number;
  /** How long is kept here what remains of a route; left out: what is usual. */
  readonly keptHere?: KeptHere;
  /** Code of the supplier of debt data; left out: `unassigned`. */
  readonly debtSupplier?: string;
  readonly log: Logger;
  /** The clock: ISO 8601, UTC. A server that skips time has its own. */
  readonly now: () => string;
  /** Version of the API: semantic, as in package.json. */
  readonly version: string;
  /** Secret under which the fingerprints of bodies are made; the same for every process and at every start. */
  readonly fingerprintKey: Uint8Array;
  /** Left out: nobody is counted. */
  readonly rateLimits?: RateLimits;
  /** Whose `X-Forwarded-For` is believed: so many proxies in front, or these addresses. Left out: nobody's. */
  readonly trustProxy?: number | readonly string[];
  /** Left out: nothing is measured. */
  readonly metrics?: CallMetrics;
  /** Left out: there is no codec endpoint. */
  readonly codec?: CodecAccess;
}

/** What the operations get besides: the description of all of them and how often each may call, made once. */
export interface OperationDeps extends Deps {
  readonly openApi: object;
  readonly limits: Limits;
}
