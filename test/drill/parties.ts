/** Failures of what parties agreed: a promise that is refused, a full housing agreement, a route that was left on hold. */
import type { HousingAgreementBody } from '../../contracts/housing-agreement.ts';
import { unchangedDays } from '../../domain/operations/stuck.ts';
import { persistently } from '../faults/ledger-watch.ts';
import { accompany } from '../support/case-manager.ts';
import { until } from '../support/until.ts';
import type { Failure, World } from './world.ts';

const place = { municipality: 'GM0014', region: 'demo-region' };
const graceSeconds = 15;
/** A long term of nobody's: what is held until then stands there too long. */
const farAway = '2099-01-01T00:00:00Z';
/** Later than the view of what does not change any more looks back. */
const laterDays = unchangedDays + 1;

const year = new Date().toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' });
const ledger = `/housing-agreements/demo-region/${year}`;

const agreed = (places: number): HousingAgreementBody => ({
  agreed: [{ corporation: 'lefier', municipality: 'GM0014', housingForm: 'own-home', places }],
  spread: [],
  reservationDays: 30,
});

const director = (world: World) =>
  world.parts.as({ role: 'process-director', subject: 'pd-1', municipality: 'GM0014' });

async function agreeOn(world: World, places: number): Promise<void> {
  const api = await director(world);
  const etag = (await api.get(ledger)).headers.get('etag');
  await persistently(() => api.put(ledger, agreed(places), etag ? { 'if-match': etag } : {}));
}

/** The route in deadlock has the one place there is: made once, whichever failure comes first. */
let made: Promise<void> | undefined;
const fullFor = (world: World) => (made ??= agreeOn(world, 1));

export const refusedCommitment: Failure = {
  name: 'refused commitment',
  async run(world, told) {
    await fullFor(world);
    const api = await world.manager('GM0014');
    const routeId = await world.start(api, place);
    await persistently(() => api.post(`${ledger}/reservations`, { routeId }));
    await world.behave(
      routeId,
      { stepId: 'income.postal-address', mode: 'refusing', reason: 'no-proven-residence' },
      { stepId: 'housing.urgency', mode: 'normal', delayMs: 1500 },
      { stepId: 'commitment.housing-corporation', attempt: 1, mode: 'refusing' },
    );
    await world.identify(api, routeId);
    const isRefused = (route: { rounds: readonly { status: string }[] }) =>
      route.rounds.at(-1)?.status === 'released';
    await accompany(api, routeId, isRefused, { withinMs: 90_000 });
    told.breaks('the corporation does not commit');
    await told.found('view deadlocked', graceSeconds, () => world.inView('deadlocked', `route/${routeId}`));
    await told.reads(
      'current details',
      () => world.details(`route/${routeId}`),
      /Impasse rond .*?(?=, sinds)/,
      /niemand is gebonden: een partij zegde niet toe \(de woningcorporatie\)/,
    );
    await told.mended('Ask for commitments again (API)', async () => {
      const { status } = await api.post(`/routes/${routeId}/commitments`, { reason: 'Aan de regietafel' });
      if (status !== 200) throw new Error(`the parties were not asked again: ${status}`);
      await until(
        'a promise holds',
        async () => !(await world.inView('deadlocked', `route/${routeId}`)),
        60_000,
      );
    });
    return async () => told.ended(await world.toItsEnd(api, routeId));
  },
};

export const ledgerFull: Failure = {
  name: 'ledger full',
  async run(world, told) {
    await fullFor(world);
    const api = await world.manager('GM0014');
    await holdTheLastPlace(world);
    const routeId = await world.start(api, place);
    await world.behave(routeId);
    await world.identify(api, routeId);
    const step = await world.at(api, routeId, 'housing.place');
    told.breaks('no place is free', Date.parse(step.since));
    await told.found('view waiting-on.housing-agreement', graceSeconds, () =>
      world.inView('waiting-on.housing-agreement', `route/${routeId}`),
    );
    await told.reads(
      'current details',
      () => world.details(`route/${routeId}`),
      /Plek uit de prestatieafspraak: er is geen plek vrij; de route staat in de wachtrij/,
    );
    await told.mended('Add places (API)', () => agreeOn(world, 3));
    return async () => told.ended(await world.toItsEnd(api, routeId));
  },
};

/** The one place is with the route in deadlock, or with one that nobody goes on with. */
async function holdTheLastPlace(world: World): Promise<void> {
  const api = await director(world);
  const free = async () => ((await api.get(`${ledger}/utilisation`)).body as { free: number }).free;
  const isTaken = await until('the place is taken', async () => (await free()) === 0, 5000).catch(
    () => false,
  );
  if (isTaken) return;
  const manager = await world.manager('GM0014');
  const routeId = await world.start(manager, place);
  await persistently(() => manager.post(`${ledger}/reservations`, { routeId }));
}

export const onHold: Failure = {
  name: 'on hold too long',
  async run(world, told) {
    const api = await world.manager();
    const routeId = await world.start(api);
    await world.behave(routeId, { stepId: 'intake.skills', mode: 'normal', delayMs: 3000 });
    await world.identify(api, routeId);
    await world.at(api, routeId, 'intake.skills');
    await api.post(`/routes/${routeId}/hold`, { until: farAway, reason: 'Opname' });
    told.breaks(`route/${routeId} is on hold until ${farAway}`);
    const workflowId = `route/${routeId}`;
    await told.found('view on-hold', graceSeconds, () => world.inView('on-hold', workflowId));
    await told.found(`view unchanged, seen ${laterDays} days later`, graceSeconds, () =>
      world.inView('unchanged', workflowId, laterDays),
    );
    await told.reads('current details', () => world.details(workflowId), /In de wacht[^;]*2099[^;]*/);
    await told.mended('Hold a route: go-on (UI)', () =>
      world.repair(routeId, { do: 'go-on', because: 'as-agreed' }),
    );
    return async () => told.ended(await world.toItsEnd(api, routeId));
  },
};
