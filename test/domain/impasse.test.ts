/** Deadlocks in a route: which are found, whose parties are asked, and who is told when nobody can be. */
import { describe, expect, it } from 'vitest';
import { carried } from '../../domain/agreement.ts';
import { CooperationAgreement } from '../../contracts/cooperation-agreement.ts';
import { missingFacts } from '../../domain/facts.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import { setAside } from '../../domain/step-transitions.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { stepIds, type ProcessStepId as StepId } from '../../domain/steps.ts';
import { untold } from '../../domain/untold.ts';
import { routeView } from '../../domain/view.ts';
import demoRegion from '../../rules/cooperation-agreements/demo-region.json' with { type: 'json' };
import {
  answered,
  deadlocked,
  moved,
  promisedByAll,
  reached,
  refusedAddress,
  start,
} from '../support/deadlocked-route.ts';

const noticesOf = ({ outbox }: RouteState) =>
  outbox.flatMap((each) => (each.what === 'notice' ? [each.kind] : []));
const done = (state: RouteState, ...all: readonly StepId[]): RouteState =>
  all.reduce(
    (before, stepId) =>
      moved(before, (each) => {
        const record = { status: 'done' as const, attempt: 1, since: start, closedAt: start };
        return { ...each, steps: { ...each.steps, [stepId]: record } };
      }),
    state,
  );

/** The steps from one to the keys. */
const track = (from: StepId): StepId[] =>
  stepIds.slice(stepIds.indexOf(from), stepIds.indexOf('housing.key-handover') + 1);

/** The agreement of the example region with other expectations and promises. */
const under = (change: object) => carried(CooperationAgreement.parse({ ...demoRegion, ...change }));

describe('who decides in an impasse is told', () => {
  it.each(['broken', 'declined'] as const)('when a promise is %s', (kind) => {
    const asked = kind === 'broken' ? promisedByAll(deadlocked()) : deadlocked();
    const after = answered(asked, 'benefits-office', kind);
    expect(noticesOf(after)).toEqual(['impasse']);
    expect(after.steps['housing.offer']?.status).toBe('blocked');
  });

  it('when a promise does not come true in time', () => {
    let state = promisedByAll(deadlocked());
    while (state.rounds!.at(-1)!.status === 'active') {
      const at = nextMoment(state)!;
      state = moved(state, (each) => passMoments(each, at), at);
    }
    expect(state.rounds?.at(-1)?.reason).toBe('not-kept');
    expect(noticesOf(state)).toContain('impasse');
  });

  it('when its parties may not be asked for what they owe, once', () => {
    const [debts, ...others] = demoRegion.parties;
    const mute = { parties: [{ ...debts, promises: [] }, ...others] };
    const state = reached(
      refusedAddress(under(mute)),
      'income.benefit',
      'debt.stabilisation',
      'housing.offer',
    );
    expect(state.rounds).toBeUndefined();
    expect(noticesOf(state)).toEqual(['impasse']);
  });

  it('when a party can not be asked at all', () => {
    const state = deadlocked();
    const question = state.outbox.find(({ what }) => what === 'commitment')!;
    const after = moved(state, (each) => untold(each, question, start));
    expect(after.rounds?.at(-1)).toMatchObject({ status: 'released', reason: 'not-asked' });
    expect(noticesOf(after)).toEqual(['impasse']);
  });
});

describe('a deadlock', () => {
  it('is found again after a relapse, when what holds a party up is an earlier step of its track', () => {
    const first = promisedByAll(deadlocked());
    const kept = done(first, 'income.benefit', 'debt.stabilisation', ...track('housing.offer'));
    const again = moved({ ...kept, outbox: [] }, (each) =>
      setAside(each, [...track('housing.offer'), 'income.benefit', 'debt.stabilisation'], start),
    );
    expect(again.impasse).toBeUndefined();
    const postal = { status: 'refused' as const, attempt: 2, since: start };
    const refused = { ...again, steps: { ...again.steps, 'income.postal-address': postal } };
    const stuckAgain = reached(refused, 'income.benefit', 'debt.stabilisation', 'housing.offer');
    expect(stuckAgain.impasse?.members.map(({ stepId }) => stepId).sort()).toEqual([
      'debt.stabilisation',
      'housing.offer',
      'income.benefit',
    ]);
    expect(stuckAgain.rounds?.at(-1)).toMatchObject({ nr: 2, status: 'asking' });
  });

  it('beside the promises of another is broken by a round of its own', () => {
    const first = promisedByAll(reached(refusedAddress(), 'income.benefit', 'housing.offer'));
    expect(first.rounds?.map(({ name, status }) => [name, status])).toEqual([['address+income', 'active']]);
    const both = reached(first, 'debt.stabilisation');
    expect(both.rounds?.map(({ status }) => status)).toEqual(['active', 'asking']);
    const through = promisedByAll(both, 2);
    expect(through.rounds?.map(({ status }) => status)).toEqual(['active', 'active']);
    for (const stepId of ['income.benefit', 'housing.offer', 'debt.stabilisation'] as const)
      expect(missingFacts(through, stepId)).toEqual([]);
    expect(routeView(through, 'nl').rounds).toHaveLength(2);
  });

  it('that nobody can be asked about does not stand in the way of another', () => {
    const facts = [
      { fact: 'guarantor', title: { nl: 'een borg', en: 'a guarantor' }, yieldedBy: ['debt.plan'] },
      { fact: 'bank', title: { nl: 'een rekening', en: 'an account' }, yieldedBy: ['debt.stabilisation'] },
    ];
    const expects = (step: string, fact: string) => ({ step, facts: [fact], basis: 'example' });
    const two = under({
      facts: [...demoRegion.facts, ...facts],
      parties: [
        { party: 'support-provider', expects: [expects('housing.support', 'bank')] },
        { party: 'debt-service', expects: [expects('debt.stabilisation', 'support')] },
        {
          party: 'benefits-office',
          expects: [expects('income.benefit', 'address')],
          promises: [{ fact: 'income', within: 'P4W' }],
        },
        {
          party: 'housing-corporation',
          expects: [expects('housing.key-handover', 'income')],
          promises: [{ fact: 'address', within: 'P4W' }],
        },
      ],
    });
    const state = reached(
      refusedAddress(two),
      'debt.stabilisation',
      'housing.support',
      'income.benefit',
      'housing.key-handover',
    );
    expect(state.rounds?.map(({ name, status }) => [name, status])).toEqual([['address+income', 'asking']]);
    expect(state.impasse?.name).toBe('address+income');
  });
});

it('a promise that came true and is undone holds as a promise again', () => {
  const kept = done(promisedByAll(deadlocked()), 'income.benefit');
  const office = (state: RouteState) =>
    state.rounds!.at(-1)!.commitments.find(({ party }) => party === 'benefits-office')!;
  expect(office(kept).keptAt).toBeDefined();
  const undone = moved(kept, (each) => setAside(each, ['income.benefit'], start));
  expect(office(undone).keptAt).toBeUndefined();
  expect(missingFacts(undone, 'housing.offer')).toEqual([]);
});
