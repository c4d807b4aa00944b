/**
 * When the clock of a run is behind. A worker that has a run in no cache, and is asked a Query about it, lets the run
 * hear what came in since its last workflow task: before the next one has begun and brought its time with it. What is
 * heard then is heard at the time of the last task, which may be months ago; a replay will hear it at the right one,
 * and may come to other dates. So nothing is done about it but to leave the run: its next one begins with the right time.
 */
import { sleep } from '@temporalio/workflow';
import type { PartnerNews } from '../domain/news.ts';
import type { Route } from './route.ts';

/** By how much the clocks of the API's machine and of the Temporal server may differ. */
const CLOCKS_DIFFER_MS = 500;

/** Whether the clock stands before a moment (ms since 1970) that must have passed: when a timer was to ring. */
export const isBehind = (moment: number): boolean => Date.now() < moment;

/**
 * Whether news was told after what the clock says; it is kept then for the next run.
 * @param toldAt - when the API left it, ISO 8601
 */
export function keptForLater(route: Route, news: PartnerNews, toldAt: string | undefined): boolean {
  if (toldAt === undefined || !isBehind(Date.parse(toldAt) - CLOCKS_DIFFER_MS)) return false;
  route.unheard.push(news);
  void leaveBehind(route);
  return true;
}

/** Leaves a run whose clock was behind, with the next workflow task: that has the right time. */
export async function leaveBehind(route: Route): Promise<void> {
  if (route.isBehind) return;
  route.isBehind = true;
  await sleep(1, { summary: 'Verder in een nieuwe run, met de juiste tijd' });
  route.split = true;
  route.arrived();
}
