/** The routes that are walked along: what is late in them, and when something happens to it by the slow reckoning. */
import type { RouteView, StepView } from '../../contracts/views.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { monthsAfter, slowDates, type Limit } from '../support/slow-reckoning.ts';
import type { System } from '../support/system.ts';
import type { Kind, Walked } from './term-walk.ts';

/** Hengelo is in Twente, and has no by-law of its own. */
export const municipality = 'GM0164';

/** Steps with a term, each with who is reminded of it; the case manager where nobody is named. */
export const limits: Readonly<Record<string, Limit & { readonly to?: string }>> = {
  'intake.skills': { weeks: 6, statutory: true, to: 'support-provider' },
  'intake.decision': { weeks: 2, statutory: true },
  'debt.first-talk': { weeks: 4, statutory: true, to: 'debt-service' },
  'debt.plan': { weeks: 8, statutory: true, to: 'debt-service' },
  'housing.offer-answer': { days: 5 },
};
/** Under threat. */
const threeWorkingDays: Limit = { workingDays: 3, statutory: true };

export const periods: Readonly<Record<string, Limit>> = {
  'intake.personal-plan': { days: 7, statutory: true },
  'debt.repayment': { months: 18 },
  'aftercare.first-interval': { months: 1 },
  'aftercare.second-interval': { months: 3 },
};
export const monthsFromTheMove: Readonly<Record<string, number>> = {
  'cti.transition': 3,
  'cti.try-out': 6,
  'cti.transfer-of-care': 9,
};

export const stepOf = (route: RouteView, stepId: string): StepView | undefined =>
  route.tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId);

/** Dates of a step of a usual route; undefined for one that is answered at once. */
function usualDates({ stepId, since }: StepView, route: RouteView) {
  const months = monthsFromTheMove[stepId];
  if (months) return { ended: monthsAfter(stepOf(route, 'housing.key-handover')!.closedAt!, months) };
  const period = periods[stepId];
  if (period) return { ended: slowDates(since, period).due };
  const limit = limits[stepId];
  // The investigation's term runs from the report on, whatever came before this step.
  return limit && slowDates(stepId === 'intake.skills' ? route.startedAt : since, limit);
}

/** Of a route under threat nothing but the first talk and what comes before it is looked at. */
function datesUnderThreat(step: StepView, route: RouteView) {
  if (step.stepId === 'debt.first-talk') return slowDates(step.since, threeWorkingDays);
  return step.stepId === 'intake.personal-plan' ? usualDates(step, route) : undefined;
}

/** Starts a route that is late with everything, and one under threat that is late with its first talk. */
export async function startLateRoutes(system: System, api: Caller) {
  const silent = (walked: Walked) =>
    [...walked.late].map((stepId) => ({ routeId: walked.routeId, stepId, mode: 'silent' as const }));
  const behave = () => system.simulator.setBehaviours([...silent(usual), ...silent(threatened)]);

  async function start(more: object, walked: Pick<Walked, 'late' | 'datesOf'>): Promise<Walked> {
    const { body } = await api.post('/routes', { ...aStart, municipality, ...more });
    const path = `/routes/${body.routeId}`;
    const own: Record<string, (route: RouteView) => Promise<unknown>> = {
      'intake.identity': () => api.put(`${path}/person`, aPerson),
      'intake.decision': () =>
        api.post(`${path}/decision`, {
          granted: true,
          housingForm: 'own-home',
          reason: 'Klaar voor een woning',
        }),
      'housing.offer-answer': ({ offers }) =>
        api.post(`${path}/offers/${offers.at(-1)!.offerId}/answer`, { accepted: true }),
    };
    const answer = (stepId: string, route: RouteView) => own[stepId]?.(route) ?? behave();
    return { ...walked, routeId: body.routeId, seen: [], answer };
  }

  const usual = await start({ person: aPerson }, { late: new Set(Object.keys(limits)), datesOf: usualDates });
  const threatened = await start(
    { threat: 'eviction' },
    { late: new Set(['debt.first-talk']), datesOf: datesUnderThreat },
  );
  await behave();
  await threatened.answer('intake.identity', {} as RouteView);
  return { usual, threatened };
}

/** The notices that should have come, in order. */
export const noticesDue = ({ seen, routeId }: Pick<Walked, 'seen' | 'routeId'>) =>
  seen
    .filter(({ kind }) => kind !== 'ended')
    .map(({ stepId, kind }) => ({
      key: `${routeId}:${stepId}:1:${kind}:1`,
      stepId,
      kind,
      recipient: recipientOf(stepId, kind),
      dueAt: seen.find((each) => each.stepId === stepId && each.kind === 'overdue')!.at,
    }));

function recipientOf(stepId: string, kind: Kind): string {
  if (kind === 'escalated') return municipality;
  return (kind === 'reminder' && limits[stepId]?.to) || 'cm-17';
}

/** What lists should show just after a moment: by what had passed, and by the dates that are reckoned here. */
export function attributesDue(walked: Walked, index: number) {
  const { route } = walked.seen[index]!;
  const passed = walked.seen.slice(0, index + 1);
  const open = route.tracks.flatMap(({ steps }) => steps).filter(({ status }) => status === 'open');
  const has = (kind: Kind) =>
    open.some(({ stepId }) => passed.some((each) => each.stepId === stepId && each.kind === kind));
  const dates = open.flatMap((step) => walked.datesOf(step, route) ?? []);
  const [due] = dates.flatMap((each) => ('due' in each ? [each.due] : [])).sort();
  const [ends] = dates.flatMap((each) => ('ended' in each ? [each.ended] : [])).sort();
  const began: Record<string, string | undefined> = {
    intake: route.startedAt,
    housing: stepOf(route, 'intake.decision')?.closedAt,
    cti: stepOf(route, 'housing.key-handover')?.closedAt,
    aftercare: stepOf(route, 'cti.transfer-meeting')?.closedAt,
    'debt-repayment': stepOf(route, 'aftercare.second-check-in')?.closedAt,
  };
  return {
    RouteHealth: has('overdue') ? 'Overdue' : has('reminder') ? 'DueSoon' : 'OnTrack',
    DueAt: due ?? ends,
    StageSince: began[route.stage],
  };
}
