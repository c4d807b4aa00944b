/** What owners and regions are told, by the schedules that tell it, over a real server. */
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { StuckDigest } from '../../contracts/digest.ts';
import type { RegionFigures } from '../../contracts/region-figures.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { run as check } from '../../ops/commands/check.ts';
import { run } from '../../ops/commands/digest.ts';
import { run as views } from '../../ops/commands/views.ts';
import { sendNow } from '../../ops/lib/digest-sent.ts';
import { teller } from '../../ops/lib/told.ts';
import { ensureSchedules, schedules } from '../../ops/schedules.ts';
import { aRow, startRow } from '../support/parked-rows.ts';
import { startSystem, type System } from '../support/system.ts';
import { until } from '../support/until.ts';

/** A Monday that is no holiday, whatever day it is: the schedules are given it along. */
const at = '2027-02-01T06:00:00.000Z';
const onThatDay = schedules
  .filter(({ workflowType }) => workflowType !== 'watchdog')
  .map((each) => ({ ...each, args: [{ at }] }));
const queue = 'outflow-routes';
const cm7 = [
  aRow(at, { caseManager: 'cm-7', health: 'Overdue', dueAt: '2027-01-29T22:59:59.000Z' }),
  aRow(at, { caseManager: 'cm-7', health: 'Deadlocked' }),
  aRow(at, { caseManager: 'cm-7', isWedged: true }),
  aRow(at, { caseManager: 'cm-7' }),
];
const cm8 = [aRow(at, { caseManager: 'cm-8', health: 'DueSoon', municipality: 'GM0141' })];
const cm9 = [aRow(at, { caseManager: 'cm-9' })];
let system: System;
let made: Awaited<ReturnType<typeof ensureSchedules>>;

beforeAll(async () => {
  system = await startSystem({ server: 'dev', rules: 'demo' });
  const rows = [...cm7, ...cm8, ...cm9];
  await Promise.all(rows.map((row) => startRow(system.client, row)));
  await until('the store lists them', async () => {
    const { count } = await system.client.workflow.count(
      "WorkflowType IN ('outflowRoute', 'technicalTrouble')",
    );
    return count === rows.length + 1;
  });
  made = await ensureSchedules(system.client, queue, onThatDay);
});
afterAll(() => system?.stop());

type Received<T> = T & { readonly key: string; readonly times: number };

async function received<T>(kind: string): Promise<Received<T>[]> {
  const answer = await fetch(`${system.simulatorUrl}/control/notifications?kind=${kind}`);
  return (await answer.json()) as Received<T>[];
}

const notTakenFor = (...recipients: string[]) =>
  fetch(`${system.simulatorUrl}/control/notifications/away`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipients }),
  });

const askAgainMs = 5000;

/** Has it run now. @returns the id of the run's workflow */
async function trigger(scheduleId: string): Promise<string> {
  const handle = system.client.schedule.getHandle(scheduleId);
  const before = (await handle.describe()).info.numActionsTaken;
  let askedAt = 0;
  return until('the schedule has begun it', async () => {
    // The server loses what a schedule is asked while it first looks at it: then it is asked once more.
    if (Date.now() - askedAt > askAgainMs) {
      askedAt = Date.now();
      await handle.trigger(ScheduleOverlapPolicy.ALLOW_ALL);
    }
    const { numActionsTaken, recentActions } = (await handle.describe()).info;
    return numActionsTaken > before && recentActions.at(-1)?.action.workflow.workflowId;
  });
}

it('each owner of routes that stand still is told once, whom the service does not take holds up nobody, and a healthy route is in none', async () => {
  await notTakenFor('cm-8');
  const first = system.client.workflow.getHandle(await trigger('stuck-digest'));
  const details = await until('the others are told', async () => {
    const told = await first
      .query<string>('__temporal_workflow_metadata')
      .then((found) => JSON.stringify(found));
    return told.includes('verstuurd aan 2 eigenaren') && told;
  });
  expect(details).toContain('case-manager:cm-8');
  await notTakenFor();
  // Whoever was told has it under the same key; cm-8 gets it by this run, and the first goes on trying.
  await system.client.workflow.getHandle(await trigger('stuck-digest')).result();
  const digests = await received<StuckDigest>('stuck-digest');
  expect(digests.map(({ key }) => key).sort()).toEqual([
    'stuck-digest:case-manager:cm-7:2027-02-01',
    'stuck-digest:case-manager:cm-8:2027-02-01',
    'stuck-digest:process-director:GM0153:2027-02-01',
  ]);
  const own = digests.find(({ recipient }) => recipient === 'cm-7')!;
  expect(own).toMatchObject({
    more: 0,
    counts: { total: 3, technical: 1, deadlocked: 1, overdue: 1 },
  });
  expect(own.times).toBeGreaterThanOrEqual(2);
  const [overdue, deadlocked, wedged] = cm7;
  expect(own.routes.map(({ routeId }) => routeId)).toEqual(
    [wedged, deadlocked, overdue].map((each) => each!.routeId),
  );
  expect(own.routes[0]!.link).toBe(`${system.url}/v1/routes/${wedged!.routeId}/waits`);
});

it('a region is told how the routes of its municipalities stand', async () => {
  const run = system.client.workflow.getHandle(await trigger('region-figures'));
  expect(await run.result()).toEqual({ day: '2027-02-01', told: 1 });
  const [figures] = await received<RegionFigures>('region-figures');
  expect(figures).toMatchObject({ to: 'policy', recipient: 'twente', week: '2027-02-01' });
  const { total } = figures!.items[1]!;
  expect([figures!.items[1]!.municipality, total.count]).toEqual(['GM0141', null]);
});

it('operations see what an owner is told without sending it', async () => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const env = { TEMPORAL_ADDRESS: system.env.address, DATA_DIR: system.dataDir };
  const code = await run(['--owner', 'cm-7', '--json'], env);
  const text = String(printed.mock.calls[0]?.[0]);
  printed.mockRestore();
  expect(code).toBe(0);
  const [digest, ...others] = JSON.parse(text) as StuckDigest[];
  expect(others).toEqual([]);
  expect(digest).toMatchObject({ to: 'case-manager', recipient: 'cm-7', counts: { total: 3 } });
  expect(digest!.routes.map(({ why }) => why)).toEqual(['technical', 'deadlocked', 'overdue']);
});

it('operations are told that nobody of an id owns a route that stands still', async () => {
  const env = { TEMPORAL_ADDRESS: system.env.address, DATA_DIR: system.dataDir };
  const { text } = await printed(() => run(['--owner', 'cm-99'], env));
  expect(text).toContain('Nobody of the id cm-99 owns an open route that stands still.');
});

it('operations have it sent now, whatever becomes of the schedule, and are told to how many; on a day off that nothing is sent', async () => {
  const calendar: Calendar = { publicHolidays: [], summerTimes: [] };
  const send = (about: string, withinMs?: number) =>
    printed(() =>
      sendNow(system.client, queue, teller(false), {
        rules: { calendar },
        at: about,
        about,
        ...(withinMs && { withinMs }),
      }),
    );
  expect(await send('2027-01-31T09:00:00.000Z')).toEqual({
    code: 1,
    text: 'Nothing is sent: today is no working day. The next digest is that of 2027-02-01, at 7:00.\n',
  });
  expect(await send(at)).toEqual({ code: 0, text: 'Sent to 3 owners.\n' });
  await notTakenFor('cm-8');
  const waiting = await send('2027-02-02T06:00:00.000Z');
  await notTakenFor();
  expect(waiting).toEqual({
    code: 1,
    text: expect.stringMatching(
      /^The notification service does not take all of it: it goes on trying/,
    ) as string,
  });
  await system.client.workflow.getHandle('stuck-digest-now').cancel();
});

async function printed(act: () => Promise<number>): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const written = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    return { code: await act(), text: lines.join('') };
  } finally {
    written.mockRestore();
  }
}

it('a check sees whether the API is there, and counts what asks for people', async () => {
  const env = { TEMPORAL_ADDRESS: system.env.address, DATA_DIR: system.dataDir };
  const there = await printed(() => check(['--json'], { ...env, API_URL: system.url }));
  expect(JSON.parse(there.text)).toMatchObject({ api: 'there', standing: { overdue: 1, deadlocked: 1 } });
  const gone = await printed(() => check([], { ...env, API_URL: 'http://127.0.0.1:1' }));
  expect(gone.code).toBe(1);
  expect(gone.text).toMatch(
    /^The API at http:\/\/127\.0\.0\.1:1 does not answer .*the Temporal UI decodes nothing\.\n/,
  );
  expect(gone.text).toContain(
    'For people to look at: 1 route overdue, 1 route deadlocked. See npm run ops -- views',
  );
});

it('the views are printed by id, those that are empty in one line', async () => {
  const env = { TEMPORAL_ADDRESS: system.env.address, DATA_DIR: system.dataDir };
  const { text } = await printed(() => views([], env));
  expect(text).toMatch(/^ {5}1 {2}overdue +Overdue\n/);
  expect(text).toMatch(/\n {5}0 {2}.*on-hold/);
  expect(text).not.toContain('http');
});

it('a schedule is made once, updated when its definition has changed, and stays paused', async () => {
  expect(made).toEqual({ 'stuck-digest': 'made', 'region-figures': 'made' });
  expect(await ensureSchedules(system.client, queue, onThatDay)).toMatchObject({
    'stuck-digest': 'as-it-was',
  });
  const handle = system.client.schedule.getHandle('stuck-digest');
  await handle.pause('Vakantie van de berichtendienst');
  const real = schedules.filter(({ workflowType }) => workflowType !== 'watchdog');
  expect(await ensureSchedules(system.client, queue, real)).toMatchObject({ 'stuck-digest': 'updated' });
  const { state, policies, spec, info } = await handle.describe();
  expect(state).toMatchObject({ paused: true, note: 'Vakantie van de berichtendienst' });
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 6 * 3_600_000 });
  expect(spec.timezone).toBe('Europe/Amsterdam');
  expect(info.nextActionTimes.every((time) => ![0, 6].includes(time.getUTCDay()))).toBe(true);
  await handle.unpause('weer aan');
});
