/** Failures of partners: silent, down, malformed answers, an event that got lost, a token that has expired. */
import type { Failure, World } from './world.ts';
import { until } from '../support/until.ts';
import type { Drilled } from './table.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';

type Rule = Omit<Behaviour, 'routeId'>;

/** How much later than its term a failure has to be found. */
const graceSeconds = 15;
/** The terms of rules/demo.json. */
const answerSeconds = 15;
const investigationSeconds = 20;
const unreachableSeconds = 10;

const by = ['--by', 'ops-1', '--reason', 'Oefening INC-4711', '--yes'];

/** A route whose person is known once partners know how to behave. */
async function aRoute(world: World, ...rules: Rule[]) {
  const api = await world.manager();
  const routeId = await world.start(api);
  await world.behave(routeId, ...rules);
  const workflowId = `route/${routeId}`;
  return {
    api,
    routeId,
    inView: (id: string) => world.inView(id, workflowId),
    details: () => world.details(workflowId),
    /** It stands at a step, and that is where it breaks. */
    async standsAt(told: Drilled, stepId: string) {
      await world.identify(api, routeId);
      const { since } = await world.at(api, routeId, stepId);
      told.breaks(`${workflowId} stands at ${stepId}`, Date.parse(since));
    },
    toItsEnd: (told: Drilled) => async () => told.ended(await world.toItsEnd(api, routeId)),
  };
}

export const silent: Failure = {
  name: 'partner silent',
  async run(world, told) {
    const route = await aRoute(world, { stepId: 'intake.debt-screening', attempt: 1, mode: 'silent' });
    await route.standsAt(told, 'intake.debt-screening');
    await told.found('view overdue', answerSeconds + graceSeconds, () => route.inView('overdue'));
    await told.found('view waiting-on.debt-service', answerSeconds + graceSeconds, () =>
      route.inView('waiting-on.debt-service'),
    );
    await told.reads(
      'current details',
      route.details,
      /Schulden screenen: .*wacht op de schuldhulpverlening/,
      /te laat/,
    );
    await told.mended('Redo a step (UI)', () =>
      world.repair(route.routeId, { do: 'redo', step: 'intake.debt-screening', because: 'request-lost' }),
    );
    return route.toItsEnd(told);
  },
};

export const down: Failure = {
  name: 'partner down',
  async run(world, told) {
    const route = await aRoute(world, { party: 'civil-registry', mode: 'down' });
    await route.standsAt(told, 'intake.registry-check');
    await told.found('view technical', unreachableSeconds + graceSeconds, () => route.inView('technical'));
    await told.reads(
      'current details',
      route.details,
      /Gegevens in de BRP nagaan: technische storing \(de partij is onbereikbaar\)/,
    );
    const check = await world.ops('check');
    const named = /civil-registry\.request of 1 route .*\(PartnerUnreachable[^)]*\)/;
    await told.reads('ops check', () => Promise.resolve(check.out), named);
    // By itself it would be sent too, as late as its back-off says.
    await until('it is in back-off', async () => (await world.backOffMs(route.routeId)) > 10_000, 60_000);
    await world.behave(route.routeId);
    await told.mended('Retry now (ops)', () => world.opsDone('retry', route.routeId, '--yes'));
    return route.toItsEnd(told);
  },
};

/** What the API's log has of events about a route that were refused. */
const refusedIn = (log: string, routeId: string): string =>
  log
    .split('\n')
    .filter((line) => line.includes('partner-event-refused') && line.includes(routeId))
    .join('\n');

export const malformed: Failure = {
  name: 'malformed answers',
  async run(world, told) {
    const route = await aRoute(world);
    const malforms = ({ body }: { body: string }) =>
      body.includes(`"${route.routeId}:intake.debt-screening:1"`)
        ? { instead: body.replace(/"data":\{/, '"data":{"schulden":"ja, veel",') }
        : undefined;
    world.wires.events.add(malforms);
    const { kinds, says } = await world.alert('PartnerEventsMalformed', 'debt-service');
    const before = await world.refusedEvents('debt-service', kinds);
    await route.standsAt(told, 'intake.debt-screening');
    await told.found(
      'alert PartnerEventsMalformed',
      graceSeconds,
      async () => (await world.refusedEvents('debt-service', kinds)) > before,
    );
    await told.found('view overdue', answerSeconds + graceSeconds, () => route.inView('overdue'));
    await told.reads(
      'the alert',
      () => Promise.resolve(says),
      /debt-service stuurt berichten die niet kloppen/,
    );
    await told.reads(
      "the API's log",
      () => Promise.resolve(refusedIn(world.parts.api.said(), route.routeId)),
      /body \/data: not-known-here/,
      /debt-service/,
    );
    await told.reads(
      'current details',
      route.details,
      /Schulden screenen: .*wacht op de schuldhulpverlening/,
      /te laat/,
    );
    world.wires.events.delete(malforms);
    await told.mended('Complete by hand (ops)', () =>
      world.opsDone(
        'complete',
        route.routeId,
        'intake.debt-screening',
        '--result',
        '{"debts":"problematic"}',
        ...by,
      ),
    );
    return route.toItsEnd(told);
  },
};

export const lostEvent: Failure = {
  name: 'lost event',
  async run(world, told) {
    const route = await aRoute(world);
    const loses = ({ body }: { body: string }) =>
      body.includes(`"${route.routeId}:intake.skills:1"`)
        ? { status: 202, body: { receipt: 'applied' } }
        : undefined;
    world.wires.events.add(loses);
    await route.standsAt(told, 'intake.skills');
    await until('the partner has done its work', async () =>
      (await world.books(route.routeId)).requests.some(
        ({ stepId, effects }) => stepId === 'intake.skills' && effects === 1,
      ),
    );
    await told.found('view overdue', investigationSeconds + graceSeconds, () => route.inView('overdue'));
    await told.reads(
      'current details',
      route.details,
      /Vaardigheden onderzoeken: .*wacht op de zorgaanbieder/,
      /te laat/,
    );
    await told.mended('Complete by hand (UI)', () =>
      world.repair(route.routeId, { do: 'complete', step: 'intake.skills', because: 'answer-lost' }),
    );
    world.wires.events.delete(loses);
    return route.toItsEnd(told);
  },
};

export const expiredToken: Failure = {
  name: 'expired token',
  async run(world, told) {
    const route = await aRoute(world);
    world.wires.deniedRoutes.add(route.routeId);
    await route.standsAt(told, 'intake.skills');
    await told.found('view technical', graceSeconds, () => route.inView('technical'));
    await told.reads(
      'current details',
      route.details,
      /Vaardigheden onderzoeken: technische storing \(de partij laat ons niet toe\)/,
    );
    world.wires.deniedRoutes.delete(route.routeId);
    await told.mended('Redo a step (UI)', () =>
      world.repair(route.routeId, { do: 'redo', step: 'intake.skills', because: 'partner-outage' }),
    );
    return route.toItsEnd(told);
  },
};
