/**
 * What a worker measures of those it calls: in the SDK's own registry, so that it is told at the same address as what the
 * SDK measures of the worker itself. By party and outcome, never by route.
 */
import type { Runtime, RuntimeOptions } from '@temporalio/worker';
import { PartnerFailed, type PartnerFailure, type PartnerPort, type Ports } from '../activities/ports.ts';
import { Untaken } from './untaken.ts';

/**
 * Counts the Queries that fail to be asked again (workflows/right-time.ts): the SDK counts each as a failed workflow task.
 * Gives back what is to be told of each.
 */
export function countAskedAgain(meter: Pick<Runtime['metricMeter'], 'createCounter'>): () => void {
  const counter = meter.createCounter(
    'outflow_queries_asked_again', // exposed with _total behind it, as the SDK's own counters
    undefined,
    'Queries that came before what the route had to hear first, and are asked again',
  );
  counter.add(0); // from 0 on: of a counter that begins at one Prometheus can't see that it rose
  return () => counter.add(1);
}

type Meter = Pick<Runtime['metricMeter'], 'createHistogram' | 'createGauge'>;

const callSeconds = 'outflow_partner_call_duration_seconds';

/** @param address - host:port where Prometheus asks; left out: nothing is measured */
export function telemetryOf(address: string | undefined): Pick<RuntimeOptions, 'telemetryOptions'> {
  if (!address) return {};
  const buckets = { [callSeconds]: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
  const names = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  return {
    telemetryOptions: {
      metrics: { prometheus: { bindAddress: address, ...names, histogramBucketOverrides: buckets } },
    },
  };
}

/** How a call ended, as it is counted. `unreadable`: an answer came, and nothing can be made of it. */
type Outcome = 'taken' | 'unreachable' | 'unreadable' | 'rejected' | 'denied' | 'error';

const outcomes: Record<PartnerFailure, Outcome> = {
  PartnerUnreachable: 'unreachable',
  PartnerRejected: 'rejected',
  PartnerDeniedAccess: 'denied',
};

/** What is not is taken, or waits for somebody to mend it. */
const triedAgain: ReadonlySet<Outcome> = new Set<Outcome>(['unreachable', 'unreadable', 'error']);

const outcomeOf = (error: unknown): Outcome => {
  if (!(error instanceof PartnerFailed)) return 'error';
  return error.isUnreadable ? 'unreadable' : outcomes[error.failure];
};

/** Counts and times every call to a partner and every notice. */
export function measured(ports: Ports, meter: Meter): Ports {
  const seconds = meter.createHistogram(
    callSeconds,
    'float',
    undefined,
    'Calls to partners, by how they ended',
  );
  const waiting = meter.createGauge(
    'outflow_partner_requests_untaken',
    'int',
    undefined,
    'Requests that this worker tried in vain within the last two hours, and that the partner has not taken yet',
  );
  // When it was last so: a counter that begins at one has never risen, as far as Prometheus can see.
  const lastAt = meter.createGauge(
    'outflow_partner_outcome_timestamp_seconds',
    'float',
    undefined,
    'When a call to a partner ended so last',
  );
  const untaken = new Untaken((party, count) => waiting.set(count, { party }));

  async function timed<T>(party: string, call: string, key: string, act: () => Promise<T>): Promise<T> {
    const begun = process.hrtime.bigint();
    const ended = (outcome: Outcome) => {
      seconds.record(Number(process.hrtime.bigint() - begun) / 1e9, { party, call, outcome });
      lastAt.set(Date.now() / 1000, { party, outcome });
      untaken.ended(party, `${call} ${key}`, !triedAgain.has(outcome));
    };
    try {
      const given = await act();
      ended('taken');
      return given;
    } catch (error) {
      ended(outcomeOf(error));
      throw error;
    }
  }

  const partner = (party: string, port: PartnerPort): PartnerPort => ({
    request: (request) => timed(party, 'request', request.requestId, () => port.request(request)),
    release: (release) => timed(party, 'release', release.requestId, () => port.release(release)),
    erase: (erasure) => timed(party, 'erase', erasure.erasureId, () => port.erase(erasure)),
  });
  const partners = Object.entries(ports.partners).map(([party, port]) => [party, partner(party, port)]);
  return {
    ...ports,
    partners: Object.fromEntries(partners) as Ports['partners'],
    notify: (notice) => timed('notifications', 'notify', notice.key, () => ports.notify(notice)),
  };
}
