/**
 * Walks along routes of which some steps are never answered in time: from one moment of their calendar to the next, by
 * a reckoning that is not the product's, looking just before each moment and just after it.
 */
import type { TypedSearchAttributes } from '@temporalio/common';
import type { RouteView, StepView } from '../../contracts/views.ts';
import type { Caller } from '../support/api-caller.ts';
import { passTo } from '../support/passing-time.ts';
import type { Dates } from '../support/slow-reckoning.ts';
import type { System } from '../support/system.ts';
import { until } from '../support/until.ts';

export type Kind = 'reminder' | 'overdue' | 'escalated' | 'ended';

/** A notice, as it arrived at the notification service. */
export interface Notice {
  readonly key: string;
  readonly kind: string;
  readonly to: string;
  readonly recipient: string;
  readonly stepId: string;
  readonly dueAt: string;
  readonly basis: string;
}

/** What was seen of one moment. */
export interface Seen {
  readonly at: string;
  readonly stepId: string;
  readonly kind: Kind;
  /** Whether it had happened a minute before. */
  readonly tooEarly: boolean;
  /** The route just after it, and what lists show of it. */
  readonly route: RouteView;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: string;
}

/** A route that is walked along. */
export interface Walked {
  readonly routeId: string;
  /** Steps that are answered a week late, once the process director was told. */
  readonly late: Set<string>;
  /** When something happens to a step of this route that is open since then; undefined for one that nobody follows. */
  readonly datesOf: (step: StepView, route: RouteView) => Dates | { readonly ended: string } | undefined;
  /** Does at last what the step waits for. */
  readonly answer: (stepId: string, route: RouteView) => Promise<unknown>;
  readonly seen: Seen[];
}

interface Moment {
  readonly walked: Walked;
  readonly stepId: string;
  readonly kind: Kind;
  readonly at: string;
}

/** Things that happen within so little of each other are looked at together. */
const together = 5000;
const MINUTE = 60_000;

/** @param api - whoever may see the routes */
export function createWalk({ env, client, simulatorUrl }: System, api: Caller) {
  const viewOf = async ({ routeId }: Walked): Promise<RouteView> =>
    (await api.get(`/routes/${routeId}`)).body as RouteView;

  async function noticesOf({ routeId }: Walked): Promise<Notice[]> {
    const answer = await fetch(`${simulatorUrl}/control/notifications?routeId=${routeId}`);
    return (await answer.json()) as Notice[];
  }

  /** The route once it waits for nobody who is going to answer by himself. */
  const settled = (walked: Walked) =>
    until('partners have answered', async () => {
      const route = await viewOf(walked);
      const others = route.waits.filter(
        ({ stepId, waitingOn, nextMove }) =>
          !['case-manager', 'calendar'].includes(waitingOn) &&
          nextMove !== 'bring-about-fact' &&
          (stepId === undefined || !walked.late.has(stepId)),
      );
      return others.length === 0 && (route.waits.length > 0 || route.stage === 'closed') && route;
    });

  async function momentsOf(walked: Walked): Promise<Moment[]> {
    const route = await settled(walked);
    const steps = route.tracks.flatMap((track) => track.steps).filter(({ status }) => status === 'open');
    return steps.flatMap((step) => {
      const dates = walked.datesOf(step, route);
      if (!dates) return [];
      const named: [Kind, string][] =
        'ended' in dates
          ? [['ended', dates.ended]]
          : [
              ['reminder', dates.reminder],
              ['overdue', dates.due],
              ['escalated', dates.escalation],
            ];
      return named
        .map(([kind, at]) => ({ walked, stepId: step.stepId, kind, at }))
        .filter(
          (each) => !walked.seen.some(({ stepId, kind }) => stepId === each.stepId && kind === each.kind),
        );
    });
  }

  async function hasHappened({ walked, stepId, kind }: Moment): Promise<boolean> {
    if (kind !== 'ended')
      return (await noticesOf(walked)).some((notice) => notice.stepId === stepId && notice.kind === kind);
    const { tracks } = await viewOf(walked);
    return tracks.some(({ steps }) => steps.some((each) => each.stepId === stepId && each.status === 'done'));
  }

  async function lookAfter(moment: Moment, tooEarly: boolean): Promise<void> {
    const { walked, stepId, kind, at } = moment;
    await until(`${stepId} ${kind} at ${at}`, () => hasHappened(moment));
    const route = await settled(walked);
    const handle = client.workflow.getHandle(`route/${walked.routeId}`);
    // What follows on the closing of a route is done within moments.
    if (route.stage === 'closed')
      await until('the route has ended', async () => (await handle.describe()).status.name !== 'RUNNING');
    const { typedSearchAttributes, status } = await handle.describe();
    const attributes = attributesIn(typedSearchAttributes);
    walked.seen.push({ at, stepId, kind, tooEarly, route, attributes, status: status.name });
  }

  /** Passes the nearest moment, and those that come with it. False when there is none. */
  async function pass(all: readonly Walked[]): Promise<boolean> {
    const moments = (await Promise.all(all.map(momentsOf))).flat().sort((a, b) => (a.at < b.at ? -1 : 1));
    const [first] = moments;
    if (!first) return false;
    const next = moments.filter(({ at }) => Date.parse(at) - Date.parse(first.at) <= together);
    await passTo(env, Date.parse(first.at) - MINUTE);
    const early = await Promise.all(next.map(hasHappened));
    await passTo(env, Date.parse(next.at(-1)!.at) + 1000);
    for (const [i, moment] of next.entries()) await lookAfter(moment, early[i]!);
    for (const { walked, stepId } of next.filter(({ kind }) => kind === 'escalated')) {
      walked.late.delete(stepId);
      await walked.answer(stepId, walked.seen.at(-1)!.route);
    }
    return true;
  }

  return { pass, noticesOf };
}

function attributesIn(typed: TypedSearchAttributes): Record<string, unknown> {
  return Object.fromEntries(
    typed.getAll().map(({ key, value }) => [key.name, value instanceof Date ? value.toISOString() : value]),
  );
}
