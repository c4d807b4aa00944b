/** What there is before anybody calls at random: routes at several stages, and an agreement with a place and a queue. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PartnerEvent } from '../../contracts/partner-event.ts';
import type { RouteView } from '../../contracts/views.ts';
import { sourceOf } from '../../simulator/partners.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';

export interface People {
  readonly manager: Caller;
  readonly policy: Caller;
  readonly partner: Caller;
}

/** By parameter, values by which the random calls find something: what schemathesis knows as dictionaries. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** One of the commands closes a route: there are so many that some are open to the end. */
const routesAtStart = 6;
const year = 2027;
const agreement = `/housing-agreements/twente/${year}`;

/** Steps that the partner who calls is asked for. */
const steps = ['housing.urgency', 'housing.offer', 'housing.contract', 'housing.key-handover'];
const source = sourceOf('housing-corporation');

/** Makes all of it, and says under which ids. */
export async function prepare({ manager, policy, partner }: People): Promise<Known> {
  const start = async (more: object = {}) => idOf(await ok(manager.post('/routes', { ...aStart, ...more })));
  const fresh = await Promise.all(Array.from({ length: routesAtStart }, () => start()));
  const [deciding, offered, settled, closed] = await Promise.all([
    start({ person: aPerson }),
    start({ person: aPerson }),
    start({ person: aPerson }),
    start(),
  ]);
  await ok(manager.post(`/routes/${closed}/closure`, { reason: 'Woont bij familie' }));
  const come = (routeId: string, reached: (route: RouteView) => boolean) =>
    accompany(manager, routeId, reached);
  const [, { offers }] = await Promise.all([
    come(deciding, ({ waits }) => waits.some(({ stepId }) => stepId === 'intake.decision')),
    come(offered, (route) => route.offers.some(({ status }) => status === 'open')),
    come(settled, ({ stage }) => stage === 'cti'),
  ]);
  const supporter = {
    relation: 'neighbour',
    support: ['practical'],
    name: 'M. de Vries',
    reach: '06 12345678',
  };
  const invited = await ok(
    manager.post(`/routes/${settled}/supporters`, { ...supporter, personAgrees: true }),
  );
  const concern = { kind: 'rent-arrears', from: 'housing-corporation', note: 'Twee maanden niet betaald' };
  const raised = await ok(manager.post(`/routes/${settled}/concerns`, concern));
  const terms = await readFile(
    join(import.meta.dirname, '../../examples/housing-agreements/twente.json'),
    'utf8',
  );
  await ok(policy.put(agreement, JSON.parse(terms)));
  const wishes = { housingForms: ['own-home'] };
  const reserved = await ok(
    manager.post(`${agreement}/reservations`, { routeId: deciding, urgentByLaw: true, wishes }),
  );
  const routes = [...fresh, deciding, offered, settled, closed];
  const event = {
    ...(PartnerEvent.meta()!.example as object),
    subject: settled,
    id: 'told-before',
    source,
    time: new Date().toISOString(), // news may be so many days old
  };
  const told = { ...event, data: { requestId: `${settled}:housing.contract:1` } };
  await ok(partner.post('/partner-events', told, { 'content-type': 'application/cloudevents+json' }));
  return {
    routes,
    offers: offers.map(({ offerId }) => offerId),
    supporters: [lastPart(invited)],
    concerns: [String(raised.body.concerns[0].concernId)],
    events: ['told-before'],
    reservations: [String(reserved.body.reservationId)],
    sources: [source],
    requests: routes.flatMap((routeId) => steps.map((stepId) => `${routeId}:${stepId}:1`)),
  };
}

async function ok(call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  if (answer.status >= 300) throw new Error(`Preparing failed: ${JSON.stringify(answer.body)}`);
  return answer;
}

const idOf = ({ body }: Answer): string => String(body.routeId);
const lastPart = ({ headers }: Answer): string => headers.get('location')!.split('/').at(-1)!;
