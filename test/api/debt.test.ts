/** Creditors who refuse, the court, and repayment, over a real server; held against the document. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceOf } from '../../simulator/partners.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';
import { documented } from './contract.ts';

let system: System;
let api: Caller;
let debtService: Caller;
let operations: Caller;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  const refusing = { mode: 'refusing' as const };
  await system.simulator.setBehaviours([
    { stepId: 'debt.first-talk', mode: 'normal', result: { weeksToResult: 17 } },
    { stepId: 'debt.arrangement', ...refusing, reason: 'creditor-refused' },
    { stepId: 'debt.compulsory-settlement', ...refusing, reason: 'court-refused' },
    { stepId: 'debt.statutory-scheme', mode: 'normal', result: { months: 24 } },
    { stepId: 'debt.guidance', mode: 'normal', result: { guidance: 'budget-management' } },
  ]);
  api = documented(system.api);
  debtService = documented(
    await system.as({ role: 'partner', subject: 'partner-debt', party: 'debt-service' }),
  );
  operations = documented(await system.as({ role: 'operations', subject: 'ops-1' }));
});
afterAll(() => system?.stop());

const kind = ({ body }: Answer) => body.type.split('/').at(-1);
const reason = { reason: 'Afgesproken met de schuldhulpverlening' };

it('a refusing creditor, a court that refuses, the statutory scheme, and a month that is missed', async () => {
  const { body: started } = await api.post('/routes', { ...aStart, debts: 'problematic', person: aPerson });
  const path = `/routes/${started.routeId}`;
  const view = async () => (await api.get(path)).body;
  const settlement = 'debt.compulsory-settlement';
  const statusOf = async (stepId: string) =>
    (await view()).tracks
      .flatMap(({ steps }: { steps: { stepId: string; status: string }[] }) => steps)
      .find((step: { stepId: string }) => step.stepId === stepId)?.status;
  await until('the court has refused', async () => (await statusOf(settlement)) === 'refused');
  const { items } = (await api.get(`${path}/waits`)).body;
  expect(items).toContainEqual(
    expect.objectContaining({ stepId: 'debt.arrangement', nextMove: 'ask-court' }),
  );

  const begin = (stepId: string, more: object = {}) =>
    api.post(`${path}/steps/${stepId}/begin`, { ...reason, ...more });
  const tooLong = await begin('debt.moratorium', { until: '2099-01-01' });
  expect([tooLong.status, kind(tooLong)]).toEqual([409, 'beyond-limit']);
  const own = await begin('debt.registration');
  expect([own.status, kind(own)]).toEqual([409, 'step-not-beginnable']);
  expect((await begin('debt.cooling-off')).status).toBe(200);
  const twice = await begin('debt.cooling-off');
  expect([twice.status, kind(twice)]).toEqual([409, 'step-under-way']);
  expect((await operations.post(`${path}/steps/debt.guidance/begin`, reason)).status).toBe(403);
  expect((await begin('debt.guidance')).status).toBe(200);
  expect((await begin('debt.statutory-scheme')).status).toBe(200);

  await until('repayment is under way', async () => (await view()).debt?.repayment !== undefined);
  const month = (await view()).debt.repayment.countedFrom.slice(0, 7) as string;
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: sourceOf('debt-service'),
    subject: started.routeId,
    type: 'nl.uitstroomroutes.debt-progress.v1',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { what: 'repayment-missed', month },
  };
  const type = { 'content-type': 'application/cloudevents+json' };
  expect((await debtService.post('/partner-events', event, type)).body).toEqual({ receipt: 'applied' });
  const more = { what: 'creditors-answered', asked: 3, agreed: 3, refused: 1 };
  const wrong = await api.post(`${path}/debt-progress`, more);
  expect([wrong.status, kind(wrong)]).toEqual([400, 'invalid-input']);
  const late = await api.post(`${path}/debt-progress`, { ...more, agreed: 2 });
  expect([late.status, kind(late)]).toEqual([409, 'debt-not-so']);

  await until('guidance is there', async () => (await view()).debt.guidance !== undefined);
  const { debt } = await view();
  const months = (Number(debt.repayment.until.slice(0, 4)) - Number(month.slice(0, 4))) * 12;
  expect(debt).toMatchObject({
    weeksToResult: 17,
    guidance: 'budget-management',
    admittedOn: expect.any(String),
    repayment: { missedMonths: [month] },
  });
  expect(months).toBe(24);
  expect(await statusOf('debt.cooling-off')).toBe('done');
});
