/** A workflow in place of a route, which hears what a ledger has to tell. */
import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';

export const newsHeard = defineQuery<unknown[]>('heard');

export async function placedRoute(): Promise<void> {
  const heard: unknown[] = [];
  setHandler(newsHeard, () => heard);
  setHandler(defineSignal<[unknown]>('partnerNewsQueued'), (news) => void heard.push(news));
  await condition(() => false);
}
