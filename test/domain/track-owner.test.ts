/** A track that outlasts the others is handed to a named owner, who stands in the route's file. */
import { describe, expect, it } from 'vitest';
import { toldOfClosure } from '../../domain/closing-file.ts';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { ending } from '../../domain/finish-step.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { ownerOf } from '../../domain/track-owner.ts';
import { routeView, timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, now } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
const open = { status: 'open', attempt: 1, since: now, dueAt: daysLater(400) } as const;
/** Everything else is over; debts are being repaid. */
const repaying = (more: Partial<RouteState> = {}): RouteState => ({
  ...aRoute(),
  stage: 'debt-repayment',
  steps: {
    'debt.registration': done,
    'debt.arrangement': done,
    'debt.repayment': open,
    'aftercare.second-check-in': done,
  },
  ...more,
});
let given = 0;
const order = (state: RouteState, command: Command): RouteState => {
  const actor = { subject: 'cm-17', role: 'case-manager' } as const;
  return carryOut(state, { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command }, now);
};
const handed = (state: RouteState, track: 'debt' | 'aftercare' = 'debt'): RouteState =>
  order(state, { kind: 'hand-over-track', track, owner: 'debt-service', reason });
const debtOf = (state: RouteState) => routeView(state, 'nl').tracks.find(({ track }) => track === 'debt');

it('the route waits for it no longer, and says who looks after it', () => {
  const route = handed(repaying());
  expect(debtOf(route)).toMatchObject({ status: 'handed-over', owner: 'debt-service' });
  expect([waitingsOf(route), route.outbox]).toEqual([[], []]);
  expect(route.steps['debt.repayment']).toMatchObject({ status: 'withdrawn' });
  expect(timelineView(route, 'nl').at(-1)!.sentence).toBe(
    'Spoor overgedragen: schulden, de schuldhulpverlening',
  );
  const file = toldOfClosure(ending(route, 'completed', { by: 'calendar' }, now), 'closure.file');
  expect(file.handedOver).toEqual([
    { track: 'debt', owner: 'debt-service', text: 'Schulden, overgedragen aan de schuldhulpverlening' },
  ]);
});

it('what is opened again, or done anew, the route looks after itself', () => {
  const both = handed(
    handed(repaying({ steps: { ...repaying().steps, 'aftercare.first-interval': open } })),
    'aftercare',
  );
  expect([ownerOf(both, 'debt'), ownerOf(both, 'aftercare')]).toEqual(['debt-service', 'debt-service']);
  const again = order(both, { kind: 'reopen', track: 'debt', reason });
  expect([ownerOf(again, 'debt'), ownerOf(again, 'aftercare')]).toEqual([undefined, 'debt-service']);
  const redone = order(handed(repaying()), { kind: 'redo', stepId: 'debt.arrangement', reason });
  expect(redone.handedOver).toBeUndefined();
  expect(redone.steps['debt.arrangement']).toMatchObject({ attempt: 2, aside: true });
});

describe('it is not handed over', () => {
  const { steps } = repaying();
  it.each([
    ['before aftercare', repaying({ stage: 'cti' })],
    ['while a partner is to answer', repaying({ steps: { ...steps, 'debt.discharge': open } })],
    ['when it is over', repaying({ steps: { ...steps, 'debt.repayment': done } })],
    ['twice', handed(repaying())],
  ])('%s', (_, route) => {
    expect(() => handed(route)).toThrow('A track is handed over in aftercare');
  });
});
