/** Two workflows in place of routes: one that knows the Signal about a granted place, one that knows nothing. */
import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';

export const placeGranted = defineQuery<unknown[]>('heard');

export async function knowsPlaceGranted(): Promise<void> {
  const heard: unknown[] = [];
  setHandler(placeGranted, () => heard);
  setHandler(defineSignal<[unknown]>('placeGranted'), (granted) => void heard.push(granted));
  await condition(() => false);
}

export async function knowsNothing(): Promise<void> {
  await condition(() => false);
}
