/** Reservations of places: what a route holds, or waits for. */
import { ConfirmBody, ReserveBody, WithdrawBody } from '../../contracts/housing-agreement.ts';
import { ReservationView } from '../../contracts/housing-agreement-views.ts';
import { t } from '../../contracts/text.ts';
import { localDay } from '../../domain/calendar.ts';
import { catalogueFor } from '../../domain/housing-catalogue.ts';
import { endingOf } from '../../domain/housing-agreement/endings.ts';
import { find } from '../../domain/housing-agreement/reservations.ts';
import { reservationView } from '../../domain/housing-agreement/views.ts';
import { mayReach } from '../access.ts';
import { problemOfAgreementRefusal } from '../agreement-refusals.ts';
import type { Done } from '../gateway/agreements.ts';
import { routeIdFor } from '../idempotency.ts';
import { operation, type Reply } from '../operation.ts';
import { ApiProblem, unknownRoute } from '../problems.ts';
import {
  commandsAgreement,
  giveLedger,
  OneAgreement,
  OneReservation,
  placeReaders,
  reachable,
  readsAgreement,
  reservers,
} from './agreement-parts.ts';
import { formIn } from './housing-form-of-route.ts';
import { KeyHeader } from './parts.ts';

const path = '/housing-agreements/{region}/{year}/reservations';
const one = `${path}/{reservationId}`;
const view = (description: string) => ({ description, schema: ReservationView });

export const reservePlace = operation({
  method: 'post',
  path,
  operationId: 'reservePlace',
  summary: 'Reserves a place for a route, or puts it in the queue; a route has one reservation at a time',
  tag: 'agreements',
  roles: reservers,
  params: OneAgreement,
  headers: KeyHeader,
  body: { schema: ReserveBody },
  speaks: true,
  responses: {
    200: view('The reservation that the route had already'),
    201: { ...view('The reservation, with a place or in the queue'), headers: { Location: 'Its path' } },
  },
  problems: [
    ...commandsAgreement,
    'unknown-route',
    'agreement-closed',
    'reservation-exists',
    'no-place-needed',
    'reservation-ended',
    'queue-full',
    'term-not-valid',
    'waiting-since-not-valid',
  ],
  async handle(call) {
    const { caller, params, body, deps } = call;
    const { routeId, waitingSince, until, ...wanted } = body;
    const catalogue = catalogueFor(deps.housing, params.region);
    const day = localDay(deps.now(), deps.ruleBook.calendar);
    for (const [i, id] of (wanted.wishes.housingForms ?? []).entries())
      formIn(catalogue, { id, location: `/wishes/housingForms/${i}`, day });
    let reservationId = '';
    const done = await giveLedger(call, 'reserve', async (commandId) => {
      const { municipality, stage } = await deps.gateway.placeInProcess(routeId);
      if (!mayReach(caller, municipality)) throw unknownRoute();
      if (stage !== undefined && pastHousing.has(stage)) throw needsNoPlace(stage);
      reservationId = routeIdFor({
        issuer: `${params.region}/${params.year}`,
        subject: routeId,
        key: commandId,
      });
      return {
        kind: 'reserve',
        request: {
          reservationId,
          routeId,
          municipality,
          ...wanted,
          ...(waitingSince && { waitingSince: new Date(waitingSince).toISOString() }),
          ...(until && { until: new Date(until).toISOString() }),
        },
      };
    });
    const location = `/v1/housing-agreements/${params.region}/${params.year}/reservations/${reservationId}`;
    return done.isNew ? { ...shown(done, 201), headers: { Location: location } } : shown(done);
  },
});

/** Stages behind the keys of a home, or without one to come. Who moves on and needs another is back in `housing`. */
const pastHousing: ReadonlySet<string> = new Set(['cti', 'aftercare', 'debt-repayment', 'closed']);

const needsNoPlace = (stage: string): ApiProblem =>
  new ApiProblem(
    'no-place-needed',
    t(
      `Plekken zijn schaars, en deze route zoekt geen woning meer (fase ${stage}). Open eerst het spoor wonen opnieuw.`,
      `Places are scarce, and this route seeks no home any more (stage ${stage}). Reopen the housing track first.`,
    ),
  );

/** @throws ApiProblem reservation-ended: it was made under this key, and is over */
function shown({ reservation }: Done, status = 200): Reply {
  if (!reservation) throw problemOfAgreementRefusal('reservation-ended', { ending: 'released' });
  return { status, body: reservation };
}

export const getReservation = operation({
  method: 'get',
  path: one,
  operationId: 'getReservation',
  summary: 'Shows a reservation: the place, or where the route stands in the queue and why',
  tag: 'agreements',
  roles: placeReaders,
  params: OneReservation,
  speaks: true,
  responses: { 200: view('The reservation') },
  problems: [...readsAgreement, 'unknown-reservation', 'reservation-ended'],
  async handle({ caller, params, language, deps }) {
    const { region, year } = reachable(caller, params, deps.ruleBook);
    const state = await deps.gateway.agreements.stateOf(region, year);
    const ending = endingOf(state, params.reservationId);
    if (ending) throw problemOfAgreementRefusal('reservation-ended', { ending });
    const asked = find(state, { reservationId: params.reservationId });
    if (!asked || !mayReach(caller, asked.municipality))
      throw problemOfAgreementRefusal('reservation-unknown', {});
    return { status: 200, body: reservationView(state, asked, language) };
  },
});

/** What the commands about one reservation have in common. */
const command = { tag: 'agreements', params: OneReservation, headers: KeyHeader } as const;

export const confirmReservation = operation({
  ...command,
  method: 'post',
  path: `${one}/confirmation`,
  operationId: 'confirmReservation',
  summary: 'The place has become a home: it counts as realised',
  roles: reservers,
  body: { schema: ConfirmBody },
  speaks: true,
  responses: { 200: view('The reservation, realised') },
  problems: [...commandsAgreement, 'reservation-ended', 'not-reserved', 'spread-reached'],
  async handle(call) {
    const { reservationId } = call.params;
    const { neighbourhood } = call.body;
    return shown(
      await giveLedger(call, 'confirm', () => ({
        kind: 'confirm',
        reservationId,
        ...(neighbourhood && { neighbourhood }),
      })),
    );
  },
});

export const withdrawReservation = operation({
  ...command,
  method: 'post',
  path: `${one}/withdrawal`,
  operationId: 'withdrawReservation',
  summary:
    'The corporation takes back what it had reserved; the route keeps its waiting date and its place in the queue',
  roles: ['process-director'],
  body: { schema: WithdrawBody },
  speaks: true,
  responses: {
    200: view('The reservation, with another place or in the queue'),
    204: {
      description: 'Taken back, and over: in a closed year whose queue is not carried over nobody waits',
    },
  },
  problems: [...commandsAgreement, 'reservation-ended', 'not-reserved', 'already-realised'],
  async handle(call) {
    const { reservationId } = call.params;
    const { placeStays } = call.body;
    const command = { kind: 'withdraw', reservationId, placeStays } as const;
    const { reservation } = await giveLedger(call, 'withdraw', () => command);
    return reservation ? { status: 200, body: reservation } : { status: 204 };
  },
});

export const releaseReservation = operation({
  ...command,
  method: 'delete',
  path: one,
  operationId: 'releaseReservation',
  summary: 'The route needs its place, or its place in the queue, no more: the next gets it at once',
  roles: reservers,
  responses: { 204: { description: 'Released' } },
  problems: [...commandsAgreement, 'already-realised'],
  async handle(call) {
    const { reservationId } = call.params;
    await giveLedger({ ...call, body: undefined }, 'release', () => ({ kind: 'release', reservationId }));
    return { status: 204 };
  },
});
