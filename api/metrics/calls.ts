/** What is counted of calls: by operation, never by route, caller or address. */
import type { RequestHandler } from 'express';
import { PartnerEvent } from '../../contracts/partner-event.ts';
import { PartnerParty, Receipt } from '../../contracts/vocabulary.ts';
import { Counter, Gauge, Histogram, type Registry } from '../../platform/metrics.ts';
import type { Caller } from '../access.ts';
import { problemsOf } from '../operation.ts';
import { tellPartnerEvent } from '../resources/partner-events.ts';

export interface CallMetrics {
  /** Middleware in front of all others. */
  readonly measure: RequestHandler;
  /** A piece of partner news got its receipt. */
  told(news: { party: string; type: string; receipt: Receipt }): void;
}

const { operationId: tellsEvent } = tellPartnerEvent;
const refusals = new Set(problemsOf(tellPartnerEvent));
/** `step-completed` of nl.uitstroomroutes.step-completed.v1. */
const shortOf = (type: string): string => type.split('.').at(-2)!;
const types = PartnerEvent.options.map(({ shape }) => shortOf(shape.type.value));

/** @param registry - where they are added */
export function createCallMetrics(registry: Registry): CallMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'outflow_http_requests_total',
    help: 'Calls that were answered',
    labelNames: ['operation', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'outflow_http_request_duration_seconds',
    help: 'How long calls took; streams left out',
    labelNames: ['operation'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const problems = new Counter({
    name: 'outflow_problems_total',
    help: 'Calls that were answered with a problem, by its kind (docs/problems.md)',
    labelNames: ['operation', 'kind'],
    registers,
  });
  const problemAt = new Gauge({
    name: 'outflow_problem_timestamp_seconds',
    help: 'When a call was answered with this kind of problem last',
    labelNames: ['kind'],
    registers,
  });
  const events = new Counter({
    name: 'outflow_partner_events_total',
    help: 'Events of partners that got a receipt',
    labelNames: ['party', 'type', 'receipt'],
    registers,
  });
  const refused = new Counter({
    name: 'outflow_partner_events_refused_total',
    help: 'Events of partners that were not taken, by the kind of problem that they got',
    labelNames: ['party', 'kind'],
    registers,
  });
  // From 0 on: of a counter that begins at one Prometheus can't see that it rose.
  for (const party of [...PartnerParty.options, 'unknown'])
    for (const kind of refusals) refused.inc({ party, kind }, 0);
  for (const party of PartnerParty.options)
    for (const type of types) for (const receipt of Receipt.options) events.inc({ party, type, receipt }, 0);
  return {
    measure(_req, res, next) {
      const begun = process.hrtime.bigint();
      res.once('close', () => {
        if (!res.headersSent) return; // the client went away: nothing was answered
        const { operation = 'none', problem, caller } = res.locals as Seen;
        requests.inc({ operation, status: `${Math.floor(res.statusCode / 100)}xx` });
        const isStream = String(res.getHeader('content-type')).startsWith('text/event-stream');
        if (!isStream) seconds.observe({ operation }, Number(process.hrtime.bigint() - begun) / 1e9);
        if (!problem) return;
        problems.inc({ operation, kind: problem });
        problemAt.set({ kind: problem }, Date.now() / 1000);
        if (operation === tellsEvent) refused.inc({ party: caller?.party ?? 'unknown', kind: problem });
      });
      next();
    },
    told: ({ type, ...news }) => events.inc({ ...news, type: shortOf(type) }),
  };
}

/** What handlers on the way left behind. */
interface Seen {
  readonly operation?: string;
  readonly problem?: string;
  readonly caller?: Caller;
}
