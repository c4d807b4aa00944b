/** Tells many, and those whom the service did not take again later in the day, without an end that nobody sees. */
import {
  ApplicationFailure,
  proxyActivities,
  setCurrentDetails,
  sleep,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Telling, ToldActivities, ToldOn } from '../activities/operations-told.ts';

/** What the schedule's list of recent runs leads to. */
export interface ToldAll {
  readonly day: string;
  readonly told: number;
}

/** What a schedule gives along. */
export interface TellAllInput {
  /** The moment that it is about: ISO 8601, UTC; left out: now. */
  readonly at?: string;
}

/** How it is said to operations. */
export interface Wording {
  readonly title: (day: string) => string;
  /** Whom it is told, of several. */
  readonly recipients: string;
  /** Of the activity. */
  readonly summary: string;
}

const HOUR_MS = 3_600_000;
/** What was not told by the evening is told otherwise the next morning. */
const untilLater = 10 * HOUR_MS;
const firstWaitMs = 60_000;
const mostWaitMs = HOUR_MS;

const patient: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30s',
  scheduleToCloseTimeout: '10 hours',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};

/**
 * One message to each who is to be told, under one key for the day.
 * @throws ApplicationFailure NotTold when somebody could not be told by the evening
 */
export async function tellAll(
  activity: keyof ToldActivities,
  { at: given }: TellAllInput,
  wording: Wording,
): Promise<ToldAll> {
  const tell = proxyActivities<ToldActivities>({ ...patient, summary: wording.summary })[activity];
  const end = Date.now() + untilLater;
  let refused: readonly string[] = [];
  let told = 0;
  let only: Telling['only'];
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, mostWaitMs)) {
    const at = given ?? new Date().toISOString();
    const on = await tell({ at, ...(only && { only }) });
    // Where more waited than are named, everybody was told again.
    told = only ? told + on.told : on.told;
    refused = only ? [...refused, ...on.refused] : on.refused;
    setCurrentDetails(detailsOf(on, told, refused, wording));
    const isDone = on.waiting?.length === 0;
    if (isDone || Date.now() + waitMs > end) {
      if (!isDone || refused.length > 0) throw notTold(on, refused);
      return { day: on.day, told };
    }
    only = on.waiting;
    await sleep(waitMs, { summary: 'Opnieuw versturen wat niet werd aangenomen' });
  }
}

function detailsOf(
  { day, isHoliday, routes, waiting }: ToldOn,
  told: number,
  refused: readonly string[],
  { title, recipients }: Wording,
): string {
  if (isHoliday) return `- ${title(day)}\n- Geen werkdag: er wordt niets verstuurd`;
  const named = (names: readonly string[]) =>
    names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  const later = waiting ?? ['meer dan kan worden genoemd'];
  return [
    `- ${title(day)}`,
    `- ${routes} routes; verstuurd aan ${told} ${recipients}`,
    ...(later.length > 0 ? [`- nog niet aangenomen, wordt opnieuw verstuurd: ${named(later)}`] : []),
    ...(refused.length > 0 ? [`- geweigerd door de berichtendienst: ${named(refused)}`] : []),
  ].join('\n');
}

function notTold({ waiting }: ToldOn, refused: readonly string[]): ApplicationFailure {
  const names = [...(waiting ?? ['several hundred']), ...refused];
  return ApplicationFailure.nonRetryable(
    `The notification service did not take what was told to: ${names.slice(0, 20).join(', ')}`,
    'NotTold',
  );
}
