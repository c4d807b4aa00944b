/**
 * What a route would cost at the least: a workflow written by hand that asks the same partners for the same steps in
 * the same order, waits for the same answers, and does no more. No terms, no blockers, no views, no redo.
 */
import {
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create-activities.ts';
import type { StepRequest } from '../activities/partner.ts';
import type { PartnerNews } from '../domain/news.ts';
import type { Judgement } from '../domain/partner-news.ts';
import { isOutside, type StepId } from '../domain/steps.ts';
import { partyOf } from '../domain/template.ts';
import { leaveNews, tellNews } from '../workflows/outflow-route.messages.ts';

export interface BareRouteInput {
  readonly routeId: string;
  /** As an activity of its own in the history, or as a local one. */
  readonly sending: 'regular' | 'local';
  readonly request: Omit<StepRequest, 'requestId' | 'stepId'>;
  /** How long each period lasts. */
  readonly periodsMs: Readonly<Partial<Record<StepId, number>>>;
}

/** The case manager did what was theirs to do. */
export const taskDone = defineUpdate<void, [StepId]>('taskDone');

export async function bareRoute({ routeId, sending, request, periodsMs }: BareRouteInput): Promise<void> {
  const told = new Set<string>();
  setHandler(tellNews, ({ requestId }: PartnerNews): Judgement => {
    told.add(requestId ?? '');
    return { receipt: 'applied' };
  });
  // What came in while no worker was there.
  setHandler(leaveNews, ({ requestId }) => void told.add(requestId ?? ''));
  setHandler(taskDone, (stepId) => void told.add(stepId));
  const soon = proxyLocalActivities<Activities>({ startToCloseTimeout: '1s' });
  const usual = proxyActivities<Activities>({ startToCloseTimeout: '30s' });
  const activities = sending === 'local' ? soon : usual;

  const ask = async (stepId: StepId) => {
    const party = partyOf(stepId);
    const requestId = `${routeId}:${stepId}:1`;
    if (!isOutside(party)) throw new Error(`${stepId} has no outside party`);
    await activities[`${party}.request`]({ ...request, stepId, requestId });
    await condition(() => told.has(requestId));
  };
  const task = (stepId: StepId) => condition(() => told.has(stepId));
  const period = (stepId: StepId) => sleep(periodsMs[stepId] ?? 1000);
  const all = (...waits: Promise<unknown>[]) => Promise.all(waits);

  await all(
    task('intake.identity').then(() => ask('intake.registry-check')),
    period('intake.personal-plan'),
  );
  const income = ask('income.postal-address').then(() => ask('income.benefit'));
  const skills = ask('intake.skills');
  await ask('intake.debt-screening');
  const debts = (async () => {
    await ask('debt.registration');
    await ask('debt.first-talk');
    await all(
      income.then(() => ask('debt.stabilisation')),
      ask('debt.plan'),
    );
    await ask('debt.arrangement');
    await period('debt.repayment');
    await ask('debt.discharge');
  })();
  await skills;
  await task('intake.decision');
  const before = ask('cti.pre-cti');
  await ask('housing.urgency');
  await income;
  await ask('housing.offer');
  await task('housing.offer-answer');
  await all(ask('housing.contract'), ask('housing.support'));
  await ask('housing.key-handover');
  await before;
  await period('cti.transition');
  await period('cti.try-out');
  await period('cti.transfer-of-care');
  await ask('cti.transfer-meeting');
  await period('aftercare.first-interval');
  await ask('aftercare.first-check-in');
  await period('aftercare.second-interval');
  await ask('aftercare.second-check-in');
  await debts;
  await ask('closure.file');
}
