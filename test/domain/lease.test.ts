/** Who rents the home: steps that only a home on a tripartite lease asks for. */
import { describe, expect, it } from 'vitest';
import { carryOut } from '../../domain/commands.ts';
import { hasLeaseLeft, isTripartite, withoutLease } from '../../domain/lease.ts';
import { passMoments } from '../../domain/moments.ts';
import { receive } from '../../domain/partner-news.ts';
import type { Offer, RouteState } from '../../domain/route-state.ts';
import { trackStatus, waitingsOf } from '../../domain/standing.ts';
import { reach } from '../../domain/step-transitions.ts';
import { stepIds, steps } from '../../domain/steps.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId } from '../support/a-route.ts';

const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
const untilKeys = stepIds.filter((id) => steps[id].track === 'housing' && !steps[id].lease);

/** The keys of a home are handed over. */
function housed(lease: Offer['lease'], known: Parameters<typeof aRoute>[0] = {}): RouteState {
  const home = { offerId: 'O1', housingForm: 'own-home', madeAt: now, status: 'accepted' } as const;
  return {
    ...aRoute(known),
    offers: [{ ...home, ...(lease && { lease }) }],
    steps: Object.fromEntries(untilKeys.map((id) => [id, done])),
  };
}

describe('a home on a lease of one’s own', () => {
  it.each(['own', undefined] as const)(
    '(%s) asks for no takeover: the track is done with the keys',
    (lease) => {
      const state = housed(lease);
      expect([isTripartite(state), hasLeaseLeft(state)]).toEqual([false, false]);
      expect(trackStatus(state, 'housing')).toBe('done');
    },
  );

  it('withdraws what an earlier home’s lease left open', () => {
    const state = withoutLease(
      { ...reach(housed('tripartite'), 'housing.lease-trial', now), offers: [] },
      now,
    );
    expect(state.steps['housing.lease-trial']?.status).toBe('withdrawn');
    expect([hasLeaseLeft(state), trackStatus(state, 'housing')]).toEqual([false, 'done']);
  });
});

describe('a home on a tripartite lease', () => {
  const trial = reach(housed('tripartite'), 'housing.lease-trial', now);

  it('is on trial for a year, and the track goes on', () => {
    expect(trial.steps['housing.lease-trial']).toMatchObject({ status: 'open', dueAt: endOfDayLater(365) });
    expect(trackStatus(housed('tripartite'), 'housing')).toBe('running');
    expect(waitingsOf(trial)).toMatchObject([{ nextMove: 'wait-for-term', waitingOn: 'calendar' }]);
  });

  it('is taken over by the person after that; a refusal waits for somebody to object or ask again', () => {
    const proven = passMoments(trial, daysLater(366));
    const asked = reach(proven, 'housing.lease-takeover', daysLater(366));
    const answer = (kind: 'step-completed' | 'step-refused') =>
      receive(
        asked,
        {
          eventId: kind,
          party: 'housing-corporation',
          kind,
          requestId: `${routeId}:housing.lease-takeover:1`,
          ...(kind === 'step-refused' && { reason: 'rent-arrears' }),
        },
        daysLater(370),
      ).state;
    expect(trackStatus(answer('step-completed'), 'housing')).toBe('done');
    expect(waitingsOf(answer('step-refused'))).toMatchObject([
      { stepId: 'housing.lease-takeover', blocker: 'refused-by-party', nextMove: 'redo-or-object' },
    ]);
  });

  it('waits for the keys when these are asked for anew', () => {
    const { 'housing.key-handover': _, ...without } = housed('tripartite').steps;
    const state = reach({ ...housed('tripartite'), steps: without }, 'housing.lease-trial', now);
    expect(state.steps['housing.lease-trial']?.status).toBe('blocked');
  });

  it('under rules that know no trial has no date, says so, and gets one with rules that do', () => {
    const { rules } = aRoute();
    const { 'housing.lease-takeover': _, ...terms } = rules.terms;
    const older = { rules: { ...rules, terms, version: '2026-01-01' } };
    const state = reach(housed('tripartite', older), 'housing.lease-trial', now);
    expect(waitingsOf(state)).toMatchObject([{ stepId: 'housing.lease-trial', nextMove: 'adopt-rules' }]);
    const actor = { subject: 'cm-17', role: 'case-manager' as const };
    const command = { kind: 'adopt-rules', rules, reason: { jwe: 'reason' } } as const;
    const adopted = carryOut(state, { id: 'k', fingerprint: 'f', actor, command }, daysLater(10));
    expect(adopted.steps['housing.lease-trial']).toMatchObject({
      status: 'open',
      rule: 'housing.lease-takeover',
      dueAt: endOfDayLater(365),
    });
  });
});
