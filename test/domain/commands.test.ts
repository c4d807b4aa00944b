import { describe, expect, it } from 'vitest';
import type { Command, CommandEnvelope } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { Refused } from '../../domain/refusal.ts';
import type { Offer, RouteState } from '../../domain/route-state.ts';
import { failedTechnically, reach } from '../../domain/step-transitions.ts';
import { aRoute, daysLater, endOfDayLater, now } from '../support/a-route.ts';

const reason = { jwe: 'reason' };
const grant: Command = { kind: 'decide', decision: { granted: true, reason } };

function order(command: Command, more: Partial<CommandEnvelope> = {}): CommandEnvelope {
  const actor = { subject: 'cm-17', role: 'case-manager' as const, municipality: 'GM0153' };
  return { id: 'key-1', fingerprint: 'f', actor, command, ...more };
}

function refusalOf(state: RouteState, envelope: CommandEnvelope): string {
  try {
    carryOut(state, envelope, now);
  } catch (error) {
    if (error instanceof Refused) return error.kind;
    throw error;
  }
  return 'not refused';
}

const offered: Offer = { offerId: 'O1', status: 'open', housingForm: 'own-home', madeAt: now };
const atAnswer = reach({ ...aRoute(), offers: [offered] }, 'housing.offer-answer', now);

describe('a command', () => {
  it('is carried out once under its key', () => {
    const state = reach(aRoute(), 'intake.decision', now);
    const once = carryOut(state, order(grant), daysLater(1));
    expect(once.decision?.granted).toBe(true);
    expect(carryOut(once, order(grant), daysLater(2))).toBe(once);
  });

  it('is for the revision that it names, one of those, or any when it names none', () => {
    const state = reach(aRoute(), 'intake.decision', now);
    const forRevisions = (...ifRevision: number[]) => order(grant, { ifRevision });
    expect(refusalOf(state, forRevisions(state.revision))).toBe('not refused');
    expect(refusalOf(state, forRevisions(0, state.revision))).toBe('not refused');
    expect(refusalOf(state, forRevisions(state.revision - 1))).toBe('route-changed');
    expect(refusalOf(state, forRevisions())).toBe('route-changed');
    expect(refusalOf(state, order(grant))).toBe('not refused');
  });

  it('that was carried out is not refused for what it changed itself', () => {
    const state = reach(aRoute(), 'intake.decision', now);
    const first = order(grant, { ifRevision: [state.revision] });
    const once = carryOut(state, first, now);
    expect(once.revision).toBeGreaterThan(state.revision);
    expect(carryOut(once, first, now)).toBe(once);
  });

  it('is carried out as before in a run that began before revisions were named: its replay must go on', () => {
    const state = { ...reach(aRoute(), 'intake.decision', now), edition: 9 };
    expect(refusalOf(state, order(grant, { ifRevision: [0] }))).toBe('not refused');
  });

  it('from another municipality meets no route', () => {
    const actor = { subject: 'cm-9', role: 'case-manager' as const, municipality: 'GM0200' };
    expect(refusalOf(aRoute(), order(grant, { actor }))).toBe('not-your-route');
  });

  it('that the route is not ready for is refused by name', () => {
    const person = { jwe: 'person' };
    expect(refusalOf(aRoute(), order(grant))).toBe('decision-not-open');
    expect(() => carryOut(aRoute(), order(grant), now)).toThrow(/not at its decision yet/);
    const taken = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
    const decided = { ...aRoute(), steps: { 'intake.decision': taken } };
    expect(() => carryOut(decided, order(grant), now)).toThrow(/was taken already/);
    expect(refusalOf(aRoute({ person }), order({ kind: 'identify', person }))).toBe('already-identified');
    expect(refusalOf(aRoute(), order({ kind: 'answer-offer', offerId: 'O9', accepted: true }))).toBe(
      'offer-unknown',
    );
    expect(refusalOf(aRoute(), order({ kind: 'redo', stepId: 'debt.plan', reason }))).toBe('step-not-open');
    expect(refusalOf(aRoute(), order({ kind: 'redo', stepId: 'no.such-step', reason }))).toBe(
      'step-not-open',
    );
    expect(refusalOf({ ...aRoute(), closedAt: now }, order(grant))).toBe('route-closed');
  });

  it('to answer an offer is refused once it was answered', () => {
    const answered = carryOut(atAnswer, order({ kind: 'answer-offer', offerId: 'O1', accepted: true }), now);
    expect(answered.offers).toMatchObject([{ status: 'accepted' }]);
    const second = order({ kind: 'answer-offer', offerId: 'O1', accepted: true }, { id: 'key-2' });
    expect(refusalOf(answered, second)).toBe('offer-already-answered');
  });

  it('to answer an offer is about the latest, when the corporation offers the same home again', () => {
    const twice = { ...atAnswer, offers: [{ ...offered, status: 'refused' as const }, offered] };
    const answered = carryOut(twice, order({ kind: 'answer-offer', offerId: 'O1', accepted: true }), now);
    expect(answered.offers.map(({ status }) => status)).toEqual(['refused', 'accepted']);
  });

  it('to refuse an offer keeps the typed reason', () => {
    const refused = order({ kind: 'answer-offer', offerId: 'O1', accepted: false, reason: 'unsafe' });
    expect(carryOut(atAnswer, refused, now).offers).toMatchObject([{ status: 'refused', refusal: 'unsafe' }]);
  });

  it('to redo a step gives its request a new key and new dates', () => {
    const asked = reach(aRoute(), 'debt.registration', now);
    const failed = failedTechnically(asked, 'debt.registration', 1, 'PartnerRejected', now);
    const redone = carryOut(
      failed,
      order({ kind: 'redo', stepId: 'debt.registration', reason }),
      daysLater(10),
    );
    expect(redone.steps['debt.registration']).toMatchObject({
      status: 'open',
      attempt: 2,
      since: daysLater(10),
      dueAt: endOfDayLater(24),
    });
  });

  it('to grant a step of the ladder needs a reason of its own, and a direct own home needs none', () => {
    const state = reach(aRoute(), 'intake.decision', now);
    const ladder = { granted: true, housingForm: 'shared-home', ladder: true as const, reason };
    expect(refusalOf(state, order({ kind: 'decide', decision: ladder }))).toBe('ladder-needs-reason');
    const reasoned: Command = { kind: 'decide', decision: { ...ladder, ladderReason: 'own-wish' } };
    expect(carryOut(state, order(reasoned), now).decision).toMatchObject({ ladderReason: 'own-wish' });
    const notGranted: Command = { kind: 'decide', decision: { ...ladder, granted: false } };
    expect(carryOut(state, order(notGranted), now).steps['intake.decision']?.status).toBe('refused');
  });

  it('to record skills and a wish keeps the latest, as codes', () => {
    const skills = { 'living-skills': 1 } as const;
    const recorded = carryOut(aRoute(), order({ kind: 'record-skills', skills }), now);
    expect(recorded.skills).toEqual(skills);
    const wished = order({ kind: 'wish-for-housing', housingForm: 'own-home' }, { id: 'key-2' });
    const withWish = carryOut(recorded, wished, now);
    expect(withWish.housingWish).toBe('own-home');
    const taken = carryOut(withWish, order({ kind: 'wish-for-housing' }, { id: 'key-3' }), now);
    expect('housingWish' in taken).toBe(false);
    expect(taken.timeline.map(({ what }) => what)).toEqual([
      'route-started',
      'skills-recorded',
      'housing-wished',
      'housing-wished',
    ]);
  });
});
