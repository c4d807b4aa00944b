/**
 * One person's outflow route, from the opening question to the closed file: one durable workflow over one plain
 * state. The tracks run beside each other; each run is short, the route is long.
 */
import { allHandlersFinished, CancellationScope, condition, sleep } from '@temporalio/workflow';
import { EDITION, knows } from '../domain/edition.ts';
import { ending } from '../domain/finish-step.ts';
import { hasOpenConcern } from '../domain/concerns.ts';
import { isWithoutHome } from '../domain/refused-application.ts';
import { isWithout } from '../domain/template.ts';
import { handleMessages } from './handlers.ts';
import { continueAsNew, endOfRun } from './next-run.ts';
import type { OutflowRouteInput, OutflowRouteOutcome, RunBudget } from './outflow-route.messages.ts';
import { publish } from './publish.ts';
import { currentBuild, otherBuildThan } from './other-build.ts';
import { keepOutbox } from './outbox.ts';
import { Route } from './route.ts';
import { aftercare } from './stages/aftercare.ts';
import { begunByHand, begunIsOver } from './stages/begun-by-hand.ts';
import { closure, concernsSettled } from './stages/closure.ts';
import { criticalTimeIntervention } from './stages/critical-time-intervention.ts';
import { debtRestructuring } from './stages/debt-restructuring.ts';
import { housingOffer } from './stages/housing-offer.ts';
import { incomeAndAddress } from './stages/income-and-address.ts';
import { intake } from './stages/intake.ts';
import { keepUp } from './upkeep.ts';

const usualBudget: RunBudget = { events: 1000, days: 30 };

/**
 * Nobody's route ends because somebody pressed Cancel in the Temporal UI: partners would keep their requests, the file
 * would go nowhere. It is ended early by a command. (A scope that can be cancelled also remembers, until the run ends,
 * whatever was ever awaited in it.)
 */
export function outflowRoute(input: OutflowRouteInput): Promise<OutflowRouteOutcome> {
  return CancellationScope.nonCancellable(() => aRun(input));
}

async function aRun(input: OutflowRouteInput): Promise<OutflowRouteOutcome> {
  const { state, budget, leaving, leavesTraces } = input;
  const route = new Route(state, leavesTraces);
  handleMessages(route);
  if (leaving) {
    await otherBuildThan(route, leaving);
    route.rolledOver = false; // asked once more while it waited: that is what just happened
  }
  const upkeep = Promise.race([keepUp(route, endOfRun((budget ?? usualBudget).days)), keepOutbox(route)]);
  const closed = await Promise.race([run(route), upkeep, quietMomentPast(route, budget ?? usualBudget)]);
  await route.lastRest();
  await condition(allHandlersFinished);
  publish(route);
  route.isOver = true;
  // A run that can't be trusted to a replay must not be the one that a closed route is looked up in.
  if (!closed || route.split) return continueAsNew<typeof outflowRoute>(nextRun(route, budget));
  return { ending: route.state.ending!, closedAt: route.state.closedAt! };
}

/** The process itself. */
async function run(route: Route): Promise<'closed'> {
  // A route that ends before its time (an application that was not granted) leaves its tracks where they are.
  const isEnding = () => route.state.ending !== undefined;
  await Promise.race([tracks(route), begunByHand(route), route.until(isEnding)]);
  const how = isWithoutHome(route.state) ? 'not-granted' : 'completed';
  route.change((state, now) => ending(state, how, { by: 'calendar' }, now));
  await closure(route);
  await somethingCameIn(route);
  return 'closed';
}

/** A run ends together with something that came in (`Route.endsNow`): the answer that its file was taken is none. */
async function somethingCameIn(route: Route): Promise<void> {
  if (route.hearsTask || !knows(route.state, 3)) return;
  await sleep(1, { summary: 'Einde van de route' });
  route.arrived();
}

/** The tracks beside each other. Each waits for what it needs of the others, and for nothing else. */
async function tracks(route: Route): Promise<void> {
  if (route.state.ending) return;
  await Promise.all([
    intake(route),
    debtRestructuring(route),
    incomeAndAddress(route),
    ...(isWithoutHome(route.state) ? [] : towardsHome(route)),
  ]);
  await begunIsOver(route);
  while (hasOpenConcern(route.state)) {
    await concernsSettled(route);
    await begunIsOver(route);
  }
}

/** The tracks that rest on the decision. */
const towardsHome = (route: Route): Promise<void>[] => [
  housingOffer(route),
  ...(isWithout(route.state, 'cti') ? [] : [criticalTimeIntervention(route)]),
  ...(isWithout(route.state, 'aftercare') ? [] : [aftercare(route)]),
];

/** What one move of a route leaves in the history, more or less: an answer five events, a request six, a task none. */
const eventsOfMove = 4;

/**
 * Undefined at the first quiet moment after the run has used up its budget. It counts the route's own moves, and looks
 * at time and server only with them: the length of the history and the clock also go on while a refused command is
 * looked at, of which no trace stays. A run that ended then could not be replayed, so that nobody could look at a closed
 * route, and one that went on could not go on after a crash.
 */
async function quietMomentPast(route: Route, budget: RunBudget): Promise<undefined> {
  route.endsNow = () => isQuietMomentPast(route, budget);
  await route.until(route.endsNow);
  if (route.fault) throw route.fault;
  return undefined;
}

function isQuietMomentPast(route: Route, budget: RunBudget): boolean {
  // What nobody waits for: a roll-out, a run that can't be trusted to a replay, a step that is to be met anew.
  if (route.fault || route.rolledOver || route.split || route.state.rerun) return true;
  const isNew = knows(route.state, 3);
  if (isNew && !route.hearsTask) return false;
  // Runs of before asked on, and waited for what is answered or given up within a second.
  if (route.isOutdated) return isNew || route.askedAtOnce === 0;
  const events = route.moves * eventsOfMove;
  const spent = route.isLong || events > budget.events || route.movedAt >= endOfRun(budget.days);
  // A request on its way would be asked again under its key: harmless, but not worth it while it can be awaited.
  const quiet = route.requestsInFlight === 0 || events > 2 * budget.events;
  return spent && quiet;
}

/** What the next run begins with: the same state, from the top. */
function nextRun({ state, rolledOver }: Route, budget: RunBudget | undefined): OutflowRouteInput {
  const { rerun: _, ...fresh } = state;
  const leaving = rolledOver ? currentBuild() : undefined;
  return {
    state: { ...fresh, edition: EDITION },
    leavesTraces: true,
    ...(budget && { budget }),
    ...(leaving && { leaving }),
  };
}
