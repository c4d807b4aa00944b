/** A postal address is for who has no other: what becomes of its request when an address is found, and lost again. */
import { expect, it } from 'vitest';
import { receive } from '../../domain/partner-news.ts';
import type { PartnerNews } from '../../domain/news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { reach } from '../../domain/step-transitions.ts';
import { agreement, aRoute, now, routeId } from '../support/a-route.ts';

const told = (state: RouteState, news: Omit<PartnerNews, 'eventId' | 'party'>) => {
  const heard = receive(state, { eventId: JSON.stringify(news), party: 'civil-registry', ...news }, now);
  return { ...heard, state: settled(state, heard.state, now) };
};
const checked = (addressKnown: boolean, attempt: number) =>
  ({
    kind: 'step-completed',
    requestId: `${routeId}:intake.registry-check:${attempt}`,
    result: { addressKnown },
  }) as const;
const postal = {
  kind: 'step-completed',
  requestId: `${routeId}:income.postal-address:1`,
} as const;

/** Under an agreement postal address and benefit stand open beside each other; the registry is asked once more. */
const asked: RouteState = (
  ['income.postal-address', 'income.benefit', 'intake.registry-check'] as const
).reduce<RouteState>((state, stepId) => reach(state, stepId, now), aRoute({ agreement }));

it('once an address is registered it is called off, and an answer to it is late: not needed any more', () => {
  const sent = { ...asked.steps['income.postal-address']!, sentAt: now };
  const found = told(
    { ...asked, steps: { ...asked.steps, 'income.postal-address': sent } },
    checked(true, 1),
  );
  expect(found.state.steps['income.postal-address']?.status).toBe('not-asked');
  expect(found.state.outbox).toContainEqual({
    what: 'release',
    key: postal.requestId,
    party: 'civil-registry',
  });
  expect(told(found.state, postal).judgement).toEqual({ receipt: 'late', reason: 'step-not-needed' });
});

it('is asked anew when the address turns out to be none while the benefit waits for one', () => {
  const found = told(asked, checked(true, 1)).state;
  const { result: _, ...record } = found.steps['intake.registry-check']!;
  const lost = { ...found, steps: { ...found.steps, 'intake.registry-check': record } };
  const again = settled(found, lost, now);
  expect(again.steps['income.postal-address']).toMatchObject({ status: 'blocked', attempt: 2 });
  expect(again.rerun).toBe(true);
});
