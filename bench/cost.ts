/**
 * npm run bench:cost [-- --json]: what one route costs, from start to closed file, when everything goes as it
 * should; beside it the same requests and answers in a workflow that does no more than that. Real development
 * server, API, worker and partners over HTTP; the rules of the demo, so that years are seconds.
 *
 * Every step's partner takes a time of its own: answers that are days apart in life never share a workflow task
 * here either. Fails when a route costs more per partner step than the budget: all state transitions divided by the
 * partner steps, and the events that partner steps cause (not those of the case manager's tasks, of the calendar and of the route's one
 * timer).
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { aPerson, aStart, accompany } from '../test/support/case-manager.ts';
import { startSystem, type System } from '../test/support/system.ts';
import { usualStepIds, steps } from '../domain/steps.ts';
import { runBare } from './bare-route.ts';
import { costsOf, type Costs } from './costs-of.ts';
import { alignedTable } from './lib/table.ts';

const budget = { transitions: 3, events: 7 }; // per partner step
const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;

/** Steps in which a partner is asked and answers. */
const partnerSteps = usualStepIds.filter((id) => steps[id].kind === 'request');

async function routeCosts(system: System): Promise<Costs> {
  const { body } = await system.api.post('/routes', aStart);
  const routeId = body.routeId as string;
  const first = await system.client.workflow.getHandle(`route/${routeId}`).describe();
  const closed = await accompany(system.api, routeId, ({ closedAt }) => closedAt !== undefined, {
    withinMs: 180_000,
  });
  const unusual = closed.tracks
    .flatMap(({ steps }) => steps)
    .filter(({ status, attempt }) => status !== 'done' || attempt > 1);
  if (unusual.length > 0) throw new Error(`No good case: ${unusual.map(({ stepId }) => stepId).join(', ')}`);
  return costsOf(system.client, `route/${routeId}`, first.runId);
}

/** Each partner step takes longer than the one before it in the catalogue, and none as long as another. */
const unequalDelays = partnerSteps.map((stepId, i) => ({
  stepId,
  mode: 'normal' as const,
  delayMs: 150 + 37 * i,
}));

/** Timers that were set or taken back, whatever for. */
const timersOf = (causes: Costs['causes']) =>
  Object.values(causes).reduce((sum, { timers }) => sum + timers, 0);

const system = await startSystem({ server: 'dev', rules: 'demo' });
let exitCode = 0;
try {
  await system.simulator.setBehaviours(unequalDelays);
  const bare = (sending: 'local' | 'regular') =>
    runBare(system, { routeId: randomUUID(), sending, person: aPerson });
  const [route, local, regular] = await Promise.all([routeCosts(system), bare('local'), bare('regular')]);
  const columns = { route, 'bare, local activities': local, 'bare, activities': regular };
  if (json)
    process.stdout.write(`${JSON.stringify({ partnerSteps: partnerSteps.length, budget, ...columns })}\n`);
  else show(columns);
  const transitions = route.transitions / partnerSteps.length;
  const events = route.causes.partner.events / partnerSteps.length;
  const within = transitions <= budget.transitions && events <= budget.events;
  process.stderr.write(
    `${within ? 'PASS' : 'FAIL'}: ${transitions.toFixed(2)} state transitions (budget ${budget.transitions}) ` +
      `and ${events.toFixed(2)} events (budget ${budget.events}) per partner step\n`,
  );
  exitCode = within ? 0 : 1;
} finally {
  await system.stop();
}
process.exit(exitCode);

function show(columns: Readonly<Record<string, Costs>>): void {
  const all = Object.values(columns);
  const row = (name: string, value: (costs: Costs) => string | number) => [
    name,
    ...all.map((each) => String(value(each))),
  ];
  const per = (count: number) => (count / partnerSteps.length).toFixed(2);
  const types = [...new Set(all.flatMap(({ byType }) => Object.keys(byType)))].sort();
  const lines = [
    [`${partnerSteps.length} partner steps`, ...Object.keys(columns)],
    row('runs', ({ runs }) => runs),
    row('history events', ({ events }) => events),
    row('history bytes', ({ bytes }) => bytes),
    row('state transitions', ({ transitions }) => transitions),
    row('actions', ({ actions }) => actions),
    row('events per partner step', ({ events }) => per(events)),
    row('bytes per partner step', ({ bytes }) => Math.round(bytes / partnerSteps.length)),
    row('transitions per partner step', ({ transitions }) => per(transitions)),
    row('actions per partner step', ({ actions }) => per(actions)),
    row('events caused per partner step', ({ causes }) => per(causes.partner.events)),
    row("the one timer's events", ({ causes }) => timersOf(causes)),
    row('both, per partner step', ({ causes }) => per(causes.partner.events + timersOf(causes))),
    [],
    ...(['partner', 'case-manager', 'calendar', 'start-and-end'] as const).flatMap((cause) => [
      row(`${cause}: workflow tasks`, ({ causes }) => causes[cause].tasks),
      row(`${cause}: events`, ({ causes }) => causes[cause].events),
      row(`${cause}: second upserts in a task`, ({ causes }) => causes[cause].upsertsAgain),
    ]),
    [],
    ...types.map((type) => row(type, ({ byType }) => byType[type] ?? 0)),
  ];
  process.stdout.write(`${alignedTable(lines)}\n\n`);
}
