/** Housing training: begun by a person, for as long as the route lasts; it holds up nothing but the end. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { housingMatchView } from '../../domain/housing-view.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { trackStatus, waitingsOf } from '../../domain/standing.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { stepIds, steps } from '../../domain/steps.ts';
import { isTraining, trainingOf } from '../../domain/training.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import { aRoute, daysLater, endOfDayLater, now, routeId } from '../support/a-route.ts';

const training = 'housing.training';
const book = await loadHousingBook(now);
let given = 0;
const order = (state: RouteState, command: Command, by = 'cm-17'): RouteState =>
  carryOut(
    state,
    {
      id: `${by}:${(given += 1)}`,
      fingerprint: 'f',
      actor: { subject: by, role: 'case-manager' },
      command,
    },
    now,
  );
const trained = (...skills: ('handling-money' | 'living-skills' | 'personal-care')[]): Command => ({
  kind: 'begin-training',
  skills,
});
const news = (attempt: number, more: Partial<PartnerNews> = {}): PartnerNews => ({
  eventId: `event-${(given += 1)}`,
  party: 'support-provider',
  kind: 'step-completed',
  requestId: requestIdOf(routeId, training, attempt),
  ...more,
});
const told = (state: RouteState, attempt: number, more: Partial<PartnerNews> = {}) =>
  receive(state, news(attempt, more), daysLater(30));
const reason = { jwe: 'reason' };
const nextOf = (state: RouteState, form = 'own-home') =>
  housingMatchView({ ...state, region: 'assen' }, book, now, 'en').items.find(
    ({ housingForm }) => housingForm === form,
  )!.next;

describe('a training', () => {
  const route = { ...aRoute(), skills: { 'handling-money': 1, 'living-skills': 3 } } as const;
  const begun = order(route, trained('handling-money', 'handling-money'));

  it('that somebody began is asked of the support provider, within its term', () => {
    expect(begun.training).toEqual({ skills: ['handling-money'] });
    expect(begun.steps[training]).toMatchObject({ status: 'open', attempt: 1, rule: training });
    expect(begun.steps[training]?.dueAt).toBe(endOfDayLater(92)); // three months from 2 November
    expect(waitingsOf(begun)).toMatchObject([{ stepId: training, waitingOn: 'support-provider' }]);
  });

  it('is refused while one runs, and when the route ends', () => {
    expect(() => order(begun, trained('living-skills'))).toThrow('under way already');
    expect(() => order({ ...route, ending: 'closed-early' }, trained('living-skills'))).toThrow('is ending');
  });

  it('that is done replaces the levels that the provider tells, and no others', () => {
    const { state } = told(begun, 1, { result: { skills: { 'handling-money': 2 } } });
    expect(state.skills).toEqual({ 'handling-money': 2, 'living-skills': 3 });
    expect([isTraining(state), trainingOf(state, 'handling-money')]).toEqual([false, 'done']);
    expect(told(begun, 1).state.skills).toEqual(route.skills);
  });

  it('of no other step tells levels', () => {
    const asked = reach(route, 'intake.skills', now);
    const requestId = requestIdOf(routeId, 'intake.skills', 1);
    const { state } = told(asked, 1, { requestId, result: { skills: { 'handling-money': 3 } } });
    expect(state.skills).toEqual(route.skills);
  });

  it('may be followed by another: what was trained before is still known', () => {
    const again = order(told(begun, 1).state, trained('living-skills'));
    expect(again.training).toEqual({ skills: ['living-skills'], before: ['handling-money'] });
    expect(again.steps[training]).toMatchObject({ status: 'open', attempt: 2 });
    expect(trainingOf(again, 'handling-money')).toBe('done');
    expect(trainingOf(again, 'living-skills')).toBe('running');
  });

  it('that the provider refused may be begun otherwise, asked again, or done without', () => {
    const { state } = told(begun, 1, { kind: 'step-refused', reason: 'no-room' });
    expect([isTraining(state), trainingOf(state, 'handling-money')]).toEqual([true, 'possible']);
    expect(order(state, trained('living-skills')).steps[training]).toMatchObject({ attempt: 2 });
    expect(order(state, { kind: 'redo', stepId: training, reason }).steps[training]?.status).toBe('open');
    const asked = order(state, { kind: 'skip', stepId: training, reason });
    const skipped = order(asked, { kind: 'skip', stepId: training, reason }, 'director-3');
    expect(isTraining(skipped)).toBe(false);
  });

  it('that is called off tells the provider so', () => {
    const sent = accepted(begun, training, 1, now);
    const asked = order(sent, { kind: 'skip', stepId: training, reason });
    const skipped = order(asked, { kind: 'skip', stepId: training, reason }, 'director-3');
    expect(skipped.outbox).toMatchObject([{ what: 'release', key: requestIdOf(routeId, training, 1) }]);
  });

  it('that is done anew is under way again', () => {
    const again = order(told(begun, 1).state, { kind: 'redo', stepId: training, reason });
    expect(again.steps[training]).toMatchObject({ status: 'blocked', attempt: 2 });
    expect(trainingOf(again, 'handling-money')).toBe('running');
    expect(told(again, 2).judgement.receipt).toBe('early');
  });

  it('that nobody began is told of too early to wait for', () => {
    expect(told(route, 1).judgement).toEqual({ receipt: 'late', reason: 'unknown-request' });
    expect(told(begun, 2).judgement).toEqual({ receipt: 'late', reason: 'unknown-request' });
  });
});

describe('beside the search', () => {
  const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
  const housed = (...without: string[]): RouteState => ({
    ...aRoute(),
    steps: Object.fromEntries(
      stepIds
        .filter((id) => steps[id].track === 'housing' && id !== training && !without.includes(id))
        .map((id) => [id, done]),
    ),
  });

  it('a route without one has come to the end of its housing track without it', () => {
    expect(trackStatus(housed(), 'housing')).toBe('done');
    expect(trackStatus(order(housed(), trained('handling-money')), 'housing')).toBe('running');
  });

  it('one that is done overtakes no step of the search', () => {
    const searching: RouteState = { ...aRoute(), steps: { [training]: done } };
    expect(reach(searching, 'housing.urgency', now).steps['housing.urgency']?.status).toBe('open');
  });

  it('a track that is opened again asks for no training by itself', () => {
    const route: RouteState = { ...housed(), steps: { ...housed().steps, [training]: done } };
    const again = order(route, { kind: 'reopen', track: 'housing', reason });
    expect(again.steps[training]).toBe(done);
    expect(again.steps['housing.offer']?.status).toBe('blocked');
  });
});

describe('the match', () => {
  const assessed = (missingSkills: string[]): RouteState => ({
    ...aRoute(),
    steps: {
      'intake.skills': { status: 'done', attempt: 1, since: now, closedAt: now, result: { missingSkills } },
    },
  });

  it('takes a skill that the intake found missing to be so where no level is known', () => {
    const route = assessed(['handling-money', 'cooking']);
    const step = { kind: 'training', skill: 'handling-money', training: 'possible' };
    expect(nextOf(route)).toContainEqual({ ...step, sentence: 'housing training: handling money' });
    expect(nextOf({ ...route, skills: { 'handling-money': 3 } })).not.toContainEqual(
      expect.objectContaining({ skill: 'handling-money' }),
    );
    expect(nextOf(assessed([]))).toContainEqual(
      expect.objectContaining({ kind: 'assessment', skill: 'handling-money' }),
    );
  });

  it('says of a training how it stands', () => {
    const begun = order(assessed(['handling-money']), trained('handling-money'));
    expect(nextOf(begun)).toContainEqual(
      expect.objectContaining({
        training: 'running',
        sentence: 'housing training: handling money (under way)',
      }),
    );
    expect(nextOf(told(begun, 1).state)).toContainEqual(expect.objectContaining({ training: 'done' }));
  });
});
