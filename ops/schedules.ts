/** The Temporal Schedules of operations: made by scripts/prepare.ts, looked after by `npm run ops -- check`. */
import { ScheduleAlreadyRunning, ScheduleNotFoundError, type Client } from '@temporalio/client';

export interface OperationsSchedule {
  readonly id: string;
  readonly workflowType: string;
  readonly args: readonly unknown[];
  /** Intervals as the SDK reads them; or a calendar, in the time of Amsterdam. */
  readonly every?: string;
  readonly cron?: string;
  readonly summary: string;
}

export const schedules: readonly OperationsSchedule[] = [
  {
    id: 'watchdog',
    workflowType: 'watchdog',
    args: [{ of: 'suspects' }],
    every: '5m',
    summary: 'Kijkt naar routes die verdacht zijn: termijn voorbij zonder bericht, of een technische storing',
  },
  {
    id: 'watchdog-round',
    workflowType: 'watchdog',
    args: [{ of: 'all' }],
    every: '1h',
    summary: 'Kijkt naar alle open routes, rustig achter elkaar',
  },
];

const withinMs = 10_000;

/** Makes those that are missing. One that is there is left as somebody may have set it, paused or at another pace. */
export async function ensureSchedules(client: Client, taskQueue: string): Promise<void> {
  for (const { id, workflowType, args, every, cron, summary } of schedules)
    await client
      .withDeadline(Date.now() + withinMs, () =>
        client.schedule.create({
          scheduleId: id,
          spec: {
            ...(every && { intervals: [{ every: every as '5m' }] }),
            ...(cron && { cronExpressions: [cron], timezone: 'Europe/Amsterdam' }),
          },
          // One that is late or under way is not caught up with: the next sees the same.
          policies: { overlap: 'SKIP', catchupWindow: '1m' },
          action: {
            type: 'startWorkflow',
            workflowType,
            workflowId: id,
            args: [...args],
            taskQueue,
            staticSummary: summary,
          },
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      });
}

/** Which are missing, and which are paused. */
export async function schedulesAmiss(client: Client): Promise<{ missing: string[]; paused: string[] }> {
  const missing: string[] = [];
  const paused: string[] = [];
  for (const { id } of schedules) {
    const described = await client
      .withDeadline(Date.now() + withinMs, () => client.schedule.getHandle(id).describe())
      .catch((error: unknown) => {
        if (error instanceof ScheduleNotFoundError) return undefined;
        throw error;
      });
    if (!described) missing.push(id);
    else if (described.state.paused) paused.push(id);
  }
  return { missing, paused };
}
