/** A whole route under the national rules, on the server on which months pass in an instant. */
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteView, StepView } from '../../contracts/views.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { passTo } from '../support/passing-time.ts';
import { startSystem, type System } from '../support/system.ts';

let system: System;
let route: RouteView;
let timeline: { at: string; what: string; stepId?: string }[];

beforeAll(async () => {
  // Answers that overtake the completion of their request wedge a workflow on this server.
  system = await startSystem({ server: 'time-skipping', rules: 'nl', delayMs: 100 });
  const { body } = await system.api.post('/routes', { ...aStart, person: aPerson });
  route = await accompany(system.api, body.routeId, ({ closedAt }) => closedAt !== undefined, {
    habits: { onlyCalendar: (moment) => passTo(system.env, Date.parse(moment) + 1000) },
  });
  ({ items: timeline } = (await system.api.get(`/routes/${route.routeId}/timeline`)).body);
});
afterAll(() => system?.stop());

const stepOf = (stepId: string): StepView =>
  route.tracks.flatMap(({ steps }) => steps).find((step) => step.stepId === stepId)!;
/** The last second in Amsterdam of the day that lies so many calendar months later. */
const monthsLater = (moment: string, months: number): string => {
  const first = Temporal.Instant.from(moment).toZonedDateTimeISO('Europe/Amsterdam');
  const last = first.add({ months }).with({ hour: 23, minute: 59, second: 59, millisecond: 0 });
  return new Date(last.epochMilliseconds).toISOString();
};

describe('a route under the national rules', () => {
  it('goes from intake to closed, with every track done', () => {
    expect(route).toMatchObject({ stage: 'closed', health: 'OnTrack', ending: 'completed', waits: [] });
    expect(route.tracks.map(({ track, status }) => [track, status])).toEqual(
      ['intake', 'debt', 'income', 'housing', 'cti', 'aftercare', 'closure'].map((track) => [track, 'done']),
    );
  });

  it('repays debts for eighteen months, after which the debts are discharged', () => {
    const { since, dueAt, closedAt, term } = stepOf('debt.repayment');
    expect(dueAt).toBe(monthsLater(since, 18));
    expect(closedAt! >= dueAt!).toBe(true);
    expect(term?.basis).toBe('MSNP, norm van de sector sinds 1 juli 2023');
    expect(stepOf('debt.discharge').since >= closedAt!).toBe(true);
  });

  it('runs Critical Time Intervention for three times three months, counted from the key handover', () => {
    const move = stepOf('housing.key-handover').closedAt!;
    const [transition, tryOut, transfer] = ['cti.transition', 'cti.try-out', 'cti.transfer-of-care'].map(
      stepOf,
    );
    expect(transition!.since).toBe(move);
    expect(transition!.dueAt).toBe(monthsLater(move, 3));
    expect(tryOut!.since).toBe(transition!.dueAt);
    expect(tryOut!.dueAt).toBe(monthsLater(move, 6));
    expect(transfer!.since).toBe(tryOut!.dueAt);
    expect(transfer!.dueAt).toBe(monthsLater(move, 9));
  });

  it('hands no key over before support was committed', () => {
    const order = timeline.filter(({ what }) => what === 'step-completed').map(({ stepId }) => stepId);
    expect(order.indexOf('housing.support')).toBeLessThan(order.indexOf('housing.key-handover'));
  });

  it('was asked every step: none of its own counts as one that a later version put in front of it', () => {
    expect(timeline.filter(({ what }) => what === 'step-not-asked')).toEqual([]);
  });

  it('asked every partner once for each step, although its runs are a month long', async () => {
    const { totals } = system.simulator.ledger(route.routeId);
    expect(totals).toMatchObject({ actedTwice: 0, undeliverable: 0 });
    // A busy machine may not hear an answer within the second that it waits for it, and ask again under the same key.
    expect(totals.repeats).toBeLessThanOrEqual(3);
    const { events } = await system.client.workflow.getHandle(`route/${route.routeId}`).fetchHistory();
    expect(events![0]!.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
  });
});
