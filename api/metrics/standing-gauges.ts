/** The gauges of how routes, ledgers and the system stand: names and meanings in one place (docs/monitoring.md). */
import { Counter, Gauge, type Registry } from '../../platform/metrics.ts';
import type { Gateway } from '../gateway.ts';

export type StandingGauges = ReturnType<typeof standingGauges>;

/** @param gateway - asked at each scrape for what costs nothing: the health, which holds for a second, and open streams */
export function standingGauges(registry: Registry, gateway: Pick<Gateway, 'health' | 'changes'>) {
  const registers = [registry];
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge<L>({ name, help, labelNames, registers });

  /** Asked at each scrape. */
  const asked = (name: string, help: string, look: () => Promise<number> | number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await look());
      },
    });

  asked('outflow_temporal_up', '1: Temporal answers', async () =>
    Number((await gateway.health()).temporal === 'up'),
  );
  asked('outflow_worker_polling', '1: a worker was heard in the last seconds', async () =>
    Number((await gateway.health()).worker === 'polling'),
  );
  asked('outflow_streams_open', 'Open streams of GET /v1/changes and its like', () => gateway.changes.open);
  const lookedAt = gauge(
    'outflow_look_timestamp_seconds',
    'When the look at the store began that these are of',
  );
  const lookTook = gauge('outflow_look_duration_seconds', 'How long that look took');
  const lookFailures = new Counter({
    name: 'outflow_look_failures_total',
    help: 'Looks that failed: the figures stay those of the one before',
    registers,
  });
  return {
    stage: gauge('outflow_routes_open', 'Open routes by stage', 'stage'),
    health: gauge('outflow_routes_health', 'Open routes by health', 'health'),
    blocker: gauge(
      'outflow_routes_blocked',
      'Open routes by why they stand still; some for several reasons',
      'blocker',
    ),
    waiting: gauge('outflow_routes_waiting', 'Open routes that wait on a party; some on several', 'party'),
    overdue: gauge(
      'outflow_routes_overdue',
      'Open routes that wait on a party and are overdue, on whomever where they wait on several',
      'party',
    ),
    unchangedByParty: gauge(
      'outflow_unchanged_seconds',
      'The longest that nothing has changed of a route that waits on a party: it waits at least as long',
      'party',
    ),
    unchangedByHealth: gauge(
      'outflow_unchanged_by_health_seconds',
      'The longest that nothing has changed of a route of this health: it has it at least as long',
      'health',
    ),
    longestOverdue: gauge(
      'outflow_longest_overdue_seconds',
      'The longest since the nearest date passed of an overdue route that waits on a party',
      'party',
    ),
    operations: gauge('outflow_operations_running', 'Workflows of operations that run, by type', 'workflow'),
    deadlocks: gauge(
      'outflow_deadlocks',
      'Routes by how their latest deadlock stands: open, committed, broken, gone',
      'status',
    ),
    lastCompleted: gauge(
      'outflow_schedule_completed_timestamp_seconds',
      'When what a schedule starts was completed last',
      'schedule',
    ),
    places: gauge(
      'outflow_ledger_places',
      'Places of a housing agreement by how they stand',
      'region',
      'year',
      'standing',
    ),
    queued: gauge(
      'outflow_ledger_queued',
      'Routes that wait for a place of a housing agreement',
      'region',
      'year',
    ),
    /** @param begun - milliseconds since 1970 */
    looked(begun: number) {
      lookedAt.set(begun / 1000);
      lookTook.set((Date.now() - begun) / 1000);
    },
    lookFailed: () => lookFailures.inc(),
  };
}
