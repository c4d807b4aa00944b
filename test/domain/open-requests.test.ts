import { describe, expect, it } from 'vitest';
import { openRequestsOf } from '../../domain/open-requests.ts';
import { accepted } from '../../domain/step-transitions.ts';
import {
  answered,
  deadlocked,
  parties,
  reached,
  refusedAddress,
  start,
} from '../support/deadlocked-route.ts';

const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';

describe('what waits on a partner', () => {
  it('are its own open steps, taken or not, with their term', () => {
    const asked = reached(refusedAddress(), 'debt.registration', 'housing.urgency');
    const request = {
      requestId: `${routeId}:debt.registration:1`,
      stepId: 'debt.registration',
      routeId,
      municipality: 'GM0014',
      askedAt: start,
      taken: false,
      dueAt: asked.steps['debt.registration']!.dueAt,
      basis: expect.any(String),
    };
    expect(openRequestsOf(asked, 'debt-service')).toEqual([request]);
    const taken = accepted(asked, 'debt.registration', 1, start);
    expect(openRequestsOf(taken, 'debt-service')).toEqual([{ ...request, taken: true }]);
    expect(openRequestsOf(asked, 'housing-corporation').map(({ stepId }) => stepId)).toEqual([
      'housing.urgency',
    ]);
    expect(openRequestsOf(asked, 'record-system')).toEqual([]);
  });

  it('is the promise that it is asked for, until it has answered', () => {
    const impasse = deadlocked();
    const round = impasse.rounds![0]!;
    for (const party of parties)
      expect(openRequestsOf(impasse, party)).toEqual([
        {
          requestId: `${routeId}:commitment.${party}:1`,
          stepId: `commitment.${party}`,
          routeId,
          municipality: 'GM0014',
          askedAt: start,
          taken: false,
          dueAt: round.answerBy,
          basis: `${impasse.agreement!.id} ${impasse.agreement!.version}`,
        },
      ]);
    expect(openRequestsOf({ ...impasse, outbox: [] }, 'debt-service')).toMatchObject([{ taken: true }]);
    const given = answered(impasse, 'debt-service', 'given');
    expect(openRequestsOf(given, 'debt-service')).toEqual([]);
    expect(openRequestsOf(given, 'benefits-office')).toHaveLength(1);
  });

  it('is nothing that is blocked, technical or of a track that is not needed', () => {
    const asked = reached(refusedAddress(), 'debt.registration', 'debt.stabilisation');
    const record = asked.steps['debt.registration']!;
    const technical = {
      ...asked,
      steps: { ...asked.steps, 'debt.registration': { ...record, status: 'technical' as const } },
    };
    expect(openRequestsOf(technical, 'debt-service')).toEqual([]);
    expect(openRequestsOf({ ...asked, notNeeded: ['debt'] }, 'debt-service')).toEqual([]);
  });
});
