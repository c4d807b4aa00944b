/** Missed signals, consent, a temporary provision, the decision's reasons and refusals, over a real server; held against the document. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepView, Wait } from '../../contracts/views.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let operations: Caller;
let elsewhere: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'nl' });
  await system.simulator.setBehaviours([{ mode: 'silent' }]);
  const as = async (...who: Parameters<System['as']>) => documented(await system.as(...who));
  api = documented(system.api);
  operations = await as({ role: 'operations', subject: 'ops-1' });
  elsewhere = await as({ role: 'case-manager', subject: 'cm-99', municipality: 'GM0001' });
});
afterAll(() => system?.stop());

const kind = ({ body }: Answer) => body.type.split('/').at(-1);
const start = async (more: object = {}): Promise<{ path: string; body: Answer['body'] }> => {
  const { status, body } = await api.post('/routes', { ...aStart, ...more });
  expect(status).toBe(201);
  return { path: `/routes/${body.routeId}`, body };
};
const rent = { signal: 'rent-arrears', party: 'housing-corporation', before: '1-2-years' };

it('missed signals are codes beside the opening answer, from the start or later', async () => {
  const { path, body } = await start({ missedSignals: [rent] });
  expect(body.missedSignals).toEqual([rent]);
  const school = { signal: 'school-absence', party: 'school', before: 'over-2-years' };
  const later = await api.put(`${path}/missed-signals`, { signals: [school] });
  expect([later.status, later.body.missedSignals]).toEqual([200, [school]]);
  const words = await api.put(`${path}/missed-signals`, { signals: [{ ...school, signal: 'mijn zoon' }] });
  expect([words.status, kind(words)]).toEqual([400, 'invalid-input']);
  expect(JSON.stringify(words.body)).not.toContain('mijn zoon');
  expect((await operations.put(`${path}/missed-signals`, { signals: [] })).status).toBe(403);
});

describe('consent', () => {
  const consent = { purposes: ['housing-training'], givenOn: '2026-10-01' };
  const provider = 'support-provider';

  it('lets a step go on that waits for it; withdrawn, the step that nobody took in is not sent', async () => {
    const { path, body } = await start({ person: aPerson });
    expect(body.consents).toEqual({ asked: true, items: [] });
    const training = { skills: ['handling-money'] };
    expect((await api.post(`${path}/housing-training`, training)).body.blockers).toContain('no-consent');
    const stepId = 'housing.training';
    await system.simulator.setBehaviours([{ mode: 'silent' }, { stepId, mode: 'down', how: '503' }]);
    const headers = { 'idempotency-key': randomUUID() };
    const given = await api.put(`${path}/consents/${provider}`, consent, headers);
    const held = { party: provider, status: 'given', purposes: consent.purposes, date: consent.givenOn };
    expect([given.status, given.body.consents.items]).toEqual([200, [{ ...held, recordedBy: 'cm-17' }]]);
    const blockers = async () => (await api.get(path)).body.blockers as string[];
    await until('the step goes on', async () => !(await blockers()).includes('no-consent'));
    expect((await api.delete(`${path}/consents/${provider}`)).status).toBe(204);
    await until('the step waits', async () => (await blockers()).includes('no-consent'));
    await system.simulator.setBehaviours([{ mode: 'silent' }]);
    expect((await api.put(`${path}/consents/${provider}`, consent)).status).toBe(200);
    const asked = await until('the provider was asked', async () =>
      system.simulator
        .ledger(path.replace('/routes/', ''))
        .requests.find((each) => each.stepId === stepId && each.data),
    );
    expect(asked.requestId).toMatch(/housing\.training:2$/);
    const { body: timeline } = await api.get(`${path}/timeline`);
    expect(timeline.items.map(({ sentence }: { sentence: string }) => sentence)).toContain(
      'Toestemming ingetrokken om te delen met de zorgaanbieder',
    );
  });

  it('is of a party that asks it, for what is for that party, given today or earlier', async () => {
    const { path } = await start();
    const school = `${path}/consents/school`;
    const wrong = await api.put(school, { purposes: ['safe-search'], givenOn: '2999-01-01' });
    expect(wrong.body.errors.map(({ code }: { code: string }) => code)).toEqual([
      'not-of-this-party',
      'in-the-future',
    ]);
    expect(wrong.body.errors[0].detail).toMatch(/wel: landing-plan, support-network, progress$/);
    for (const body of [{ ...consent, purposes: [] }, { ...consent, note: 'mag' }, {}])
      expect((await api.put(school, body)).status).toBe(400);
    expect((await api.put(`${path}/consents/debt-service`, consent)).status).toBe(400);
    const none = await api.delete(school);
    expect([none.status, kind(none)]).toEqual([409, 'no-consent-given']);
    expect((await operations.delete(school)).status).toBe(403);
    expect((await elsewhere.delete(school)).status).toBe(404);
  });
});

it('the report and the application say by when the intake is due; neither lies in the future', async () => {
  const reportedAt = new Date(Date.now() - 86_400_000).toISOString();
  const { path, body } = await start({ reportedAt });
  expect(body.intakeTerms).toMatchObject({ reportedAt });
  const { status, body: applied } = await api.put(`${path}/application`, { receivedAt: reportedAt });
  expect([status, applied.intakeTerms]).toMatchObject([200, { applicationReceivedAt: reportedAt }]);
  const future = '2999-01-01T00:00:00Z';
  for (const answer of [
    await api.put(`${path}/application`, { receivedAt: future }),
    await api.post('/routes', { ...aStart, reportedAt: future }),
  ])
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'in-the-future']);
});

it('a temporary provision is given at once and ends with the decision, whose reasons are shown as codes', async () => {
  await system.simulator.setBehaviours([{ mode: 'normal' }]);
  const { path } = await start({ wishes: { living: 'Rustig' } });
  const emergency = { reason: 'no-roof', note: 'Vannacht op straat' };
  const { status, body } = await api.post(`${path}/temporary-provision`, emergency);
  expect([status, body.temporaryProvision]).toMatchObject([200, { basis: 'Wmo 2015 art. 2.3.3' }]);
  const twice = await api.post(`${path}/temporary-provision`, emergency);
  expect([twice.status, kind(twice)]).toEqual([409, 'provision-runs']);
  await api.put(`${path}/person`, aPerson);
  const decision = { granted: true, housingForm: 'own-home', reasons: ['own-wish'], reason: 'Klaar' };
  const decided = await until('the decision is taken', async () => {
    const answer = await api.post(`${path}/decision`, decision);
    return answer.status === 200 ? answer.body : undefined;
  });
  expect(decided.temporaryProvision.until).toBeDefined();
  expect(decided.decision).toMatchObject({ granted: true, reasons: ['own-wish'] });
  const late = await api.post(`${path}/temporary-provision`, emergency);
  expect([late.status, kind(late)]).toEqual([409, 'decision-taken']);
});

describe('a refused postal address', () => {
  const stepId = 'income.postal-address';
  const why = { reason: 'Zij is hier ingezetene' };
  const refusing = [1, 2].map((attempt) => ({
    stepId,
    attempt,
    mode: 'refusing' as const,
    reason: 'no-proven-residence',
  }));
  const silent = ['income.ex-officio', 'intake.skills'].map((id) => ({
    stepId: id,
    mode: 'silent' as const,
  }));
  const stepsOf = ({ tracks }: Answer['body']): StepView[] =>
    tracks.flatMap(({ steps }: { steps: StepView[] }) => steps);
  const refusedAt = (path: string, attempt: number): Promise<Wait> =>
    until(`attempt ${attempt} is refused`, async () => {
      const { body } = await api.get(path);
      const isAt = stepsOf(body).some((each) => each.stepId === stepId && each.attempt === attempt);
      const waits: Wait[] = body.waits;
      const isIt = (each: Wait) => each.stepId === stepId && each.blocker === 'refused-by-party';
      return isAt && waits.find(isIt);
    });

  it('says what falls with it; one objection to it, and ex officio registration beside that', async () => {
    await system.simulator.setBehaviours([{ mode: 'normal' }, ...silent, ...refusing]);
    const { path } = await start({ person: aPerson, wishes: { living: 'Rustig' }, targetGroup: 'youth' });
    const objection = `${path}/steps/${stepId}/objection`;
    const refused = await refusedAt(path, 1);
    expect(refused.moves?.map(({ move }) => move)).toEqual(['object', 'ask-ex-officio', 'redo']);
    expect(refused.falls?.steps.map((each) => each.stepId)).toContain('income.benefit');
    expect(refused.falls?.atRisk).toEqual([{ id: 'student-finance', title: 'studiefinanciering (DUO)' }]);

    const skills = await api.post(`${path}/steps/intake.skills/objection`, why);
    expect([skills.status, kind(skills)]).toEqual([409, 'not-a-decision']);
    const future = await api.post(objection, { ...why, lodgedOn: '2999-01-01' });
    expect([future.status, future.body.errors[0].code]).toEqual([400, 'in-the-future']);
    expect((await operations.post(objection, why)).status).toBe(403);
    expect((await api.post(objection, why)).status).toBe(200);
    const dismissed = await refusedAt(path, 2);
    expect(dismissed.moves?.[0]?.move).toBe('appeal');
    const { requests } = system.simulator.ledger(path.replace('/routes/', ''));
    expect(requests.find(({ requestId }) => requestId.endsWith(`${stepId}:2`))?.objectsTo).toMatch(/:1$/);
    const again = await api.post(objection, why);
    expect([again.status, kind(again)]).toEqual([409, 'objection-decided']);

    const exOfficio = `${path}/steps/income.ex-officio/begin`;
    expect((await api.post(exOfficio, why)).status).toBe(200);
    const twice = await api.post(exOfficio, why);
    expect([twice.status, kind(twice)]).toEqual([409, 'step-under-way']);
    expect((await elsewhere.post(exOfficio, why)).status).toBe(404);
    const { body } = await api.post(`${path}/steps/income.ex-officio/complete`, why);
    expect(body.facts).toContain('address');
    expect(stepsOf(body).find((each) => each.stepId === stepId)?.status).toBe('not-asked');
    const none = await api.post(exOfficio, why);
    expect([none.status, kind(none)]).toEqual([409, 'step-not-beginnable']);
  });
});
