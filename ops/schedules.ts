/**
 * What is done by itself at set times: a Temporal Schedule for each. `ensureSchedules` makes those that are not there and
 * updates those whose definition has changed; it can be run as often as one likes.
 */
import { createHash } from 'node:crypto';
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  type ScheduleSpec,
} from '@temporalio/client';
import type { Workflow } from '@temporalio/common';

export interface Definition {
  readonly scheduleId: 'stuck-digest' | 'region-figures' | 'watchdog' | 'watchdog-round';
  readonly workflowType: string;
  readonly args?: readonly object[];
  readonly spec: ScheduleSpec;
  /** Shown in the UI, in Dutch. */
  readonly note: string;
  readonly summary: string;
  readonly details: string;
  /** For how long a start that was missed is made up for. */
  readonly catchupWindow: '6 hours' | '1 minute';
}

const withinMs = 10_000;
const timezone = 'Europe/Amsterdam';
/** In the afternoon nobody needs what was for the morning. */
const forTheMorning = '6 hours';
/** The next one sees the same. */
const soonAgain = '1 minute';

/** All of them. That a day is a public holiday the workflow finds out: schedules know no Easter. */
export const schedules: readonly Definition[] = [
  {
    scheduleId: 'stuck-digest',
    workflowType: 'stuckDigest',
    spec: { calendars: [{ dayOfWeek: { start: 'MONDAY', end: 'FRIDAY' }, hour: 7 }], timezone },
    note: 'Elke werkdag om 7.00 uur krijgt elke eigenaar één bericht over routes die stilstaan. Pauzeren kan; starten buiten schema ook: wie het bericht van vandaag al heeft, krijgt het niet nog eens.',
    summary: 'Ochtendbericht: routes die stilstaan',
    details:
      'Per eigenaar één bericht met de routes die stilstaan, de ergste eerst. Leest alleen de lijsten van de server, vraagt geen route iets. Niet op feestdagen.',
    catchupWindow: forTheMorning,
  },
  {
    scheduleId: 'region-figures',
    workflowType: 'regionFigures',
    spec: { calendars: [{ dayOfWeek: 'MONDAY', hour: 7, minute: 30 }], timezone },
    note: 'Elke maandag om 7.30 uur krijgt elke regio cijfers over de open routes van haar gemeenten. Kleine aantallen blijven weg.',
    summary: "Weekcijfers aan de regio's",
    details:
      'Per regio één bericht: open routes per stadium, gezondheid en wachtende partij, impasses en afgesproken woningen. Kleine aantallen blijven weg.',
    catchupWindow: forTheMorning,
  },
  {
    scheduleId: 'watchdog',
    workflowType: 'watchdog',
    args: [{ of: 'suspects' }],
    spec: { intervals: [{ every: '5 minutes' }] },
    note: 'Elke vijf minuten: routes die verdacht zijn. Pauzeren kan bij groot onderhoud; routes die vastlopen worden dan later gevonden.',
    summary: 'Kijkt naar routes die verdacht zijn: termijn voorbij zonder bericht, of een technische storing',
    details: 'Vraagt de server hoe ze ervoor staan. Van een route die vastzit begint een `trouble/…`.',
    catchupWindow: soonAgain,
  },
  {
    scheduleId: 'watchdog-round',
    workflowType: 'watchdog',
    args: [{ of: 'all' }],
    spec: { intervals: [{ every: '1 hour' }] },
    note: 'Elk uur: alle open routes, rustig achter elkaar.',
    summary: 'Kijkt naar alle open routes, rustig achter elkaar',
    details: 'Vindt ook wat niet verdacht leek. Van een route die vastzit begint een `trouble/…`.',
    catchupWindow: soonAgain,
  },
];

export type Ensured = 'made' | 'updated' | 'as-it-was';

/**
 * Sees to it that every schedule is there as defined here. One that was paused stays paused, with the note of who paused it.
 * An update makes the server forget what it missed while it was down, so there is none without need.
 */
export async function ensureSchedules(
  client: Client,
  taskQueue: string,
  definitions = schedules,
): Promise<Record<string, Ensured>> {
  const ensured: Record<string, Ensured> = {};
  for (const each of definitions) ensured[each.scheduleId] = await ensure(client, taskQueue, each);
  return ensured;
}

async function ensure(client: Client, taskQueue: string, definition: Definition): Promise<Ensured> {
  const { scheduleId, note } = definition;
  const options = optionsOf(definition, taskQueue);
  const handle = client.schedule.getHandle(scheduleId);
  const before = await handle.describe().catch((error: unknown) => {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  });
  if (!before) {
    try {
      await client.schedule.create({ ...options, scheduleId, state: { note } });
      return 'made';
    } catch (error) {
      // Somebody else makes it at the same moment.
      if (error instanceof ScheduleAlreadyRunning) return 'as-it-was';
      throw error;
    }
  }
  if (definitionOf(before) === options.action.memo.definition) return 'as-it-was';
  await handle.update(({ state: { paused, note: noteThen, remainingActions } }) => ({
    ...options,
    state: {
      paused,
      note: paused && noteThen ? noteThen : note,
      ...(remainingActions !== undefined && { remainingActions }),
    },
  }));
  return 'updated';
}

/**
 * Begins now what a schedule would begin at its time, also where that is paused or missing; while it is under way, that one
 * goes on. A trigger of the schedule would do too, but the server loses one that comes just after the schedule was made.
 * @param input - in place of what the schedule gives along
 * @returns the id of the workflow
 */
export async function beginNow(
  client: Client,
  taskQueue: string,
  scheduleId: Definition['scheduleId'],
  input?: object,
): Promise<string> {
  const definition = schedules.find((each) => each.scheduleId === scheduleId)!;
  const { workflowType, summary, details } = definition;
  const args = input ? [input] : (definition.args ?? []);
  const { workflowId } = await client.withDeadline(Date.now() + withinMs, () =>
    client.workflow.start(workflowType, {
      workflowId: `${scheduleId}-now`,
      workflowIdConflictPolicy: 'USE_EXISTING',
      taskQueue,
      args: [...args],
      staticSummary: summary,
      staticDetails: details,
    }),
  );
  return workflowId;
}

function definitionOf({ action }: ScheduleDescription): unknown {
  return action.memo?.['definition'];
}

function optionsOf(definition: Definition, taskQueue: string) {
  const { scheduleId, workflowType, args = [], spec, summary, details, catchupWindow } = definition;
  const policies = {
    overlap: ScheduleOverlapPolicy.SKIP,
    catchupWindow,
  } as const;
  // The server writes a definition in its own words: this says whether it is still the same.
  const fingerprint = createHash('sha256')
    .update(JSON.stringify({ definition, taskQueue, policies }))
    .digest('hex')
    .slice(0, 16);
  return {
    spec,
    policies,
    action: {
      type: 'startWorkflow',
      workflowType,
      workflowId: scheduleId,
      taskQueue,
      args: [...args],
      staticSummary: summary,
      staticDetails: details,
      memo: { definition: fingerprint },
    },
  } satisfies Omit<ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>, 'scheduleId'>;
}

/** Which are missing, and which are paused. */
export async function schedulesAmiss(client: Client): Promise<{ missing: string[]; paused: string[] }> {
  const missing: string[] = [];
  const paused: string[] = [];
  for (const { scheduleId: id } of schedules) {
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
