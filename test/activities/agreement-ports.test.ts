/** What passes between routes and ledgers, over ledgers that are the domain's own and a server that is played. */
import { ApplicationFailure, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { expect, it } from 'vitest';
import { carryOutInLedger, type AgreementEnvelope } from '../../domain/housing-agreement/commands.ts';
import { endingOf } from '../../domain/housing-agreement/endings.ts';
import type { AgreementState, CarryOver, PlaceGranted } from '../../domain/housing-agreement/state.ts';
import { agreementPorts } from '../../worker/agreement-ports.ts';
import {
  after,
  aLedger,
  aLine,
  asks,
  holders,
  now,
  routeOf,
  uuid,
  waiting,
} from '../domain/housing-agreement/support.ts';

const idOf = ({ region, year }: AgreementState) => `housing-agreement/${region}/${year}`;
const closeWithQueue = { kind: 'close', carryOver: { places: true, queue: true } } as const;
const endOf = (n: number) => ({ kind: 'release-of-route', routeId: routeOf(n) }) as const;

/** A server with some ledgers and routes. `between` happens before the next command is carried out. */
function aServer(ledgers: readonly AgreementState[], routes: readonly number[]) {
  const states = new Map(ledgers.map((each) => [idOf(each), each]));
  const heard: { readonly routeId: string; readonly kind: string }[] = [];
  const server = {
    ledger: (year: number) => states.get(`housing-agreement/twente/${year}`)!,
    set: (state: AgreementState) => void states.set(idOf(state), state),
    heard,
    between: undefined as (() => void) | undefined,
  };
  const found = (id: string) => {
    const state = states.get(id);
    if (!state) throw new WorkflowNotFoundError('not found', id, undefined);
    return state;
  };
  const getHandle = (id: string) => ({
    async executeUpdate(_: string, { args }: { args: [AgreementEnvelope[]] }) {
      server.between?.();
      server.between = undefined;
      const { state, answer } = carryOutInLedger(found(id), args[0][0]!, now);
      states.set(id, state);
      if (answer.outcome === 'done') return [answer];
      const cause = ApplicationFailure.create({ type: 'AllRefused', details: [[answer]] });
      throw new WorkflowUpdateFailedError('refused', cause);
    },
    query: async () => found(id),
    async signal(_: string, { kind }: { kind: string }) {
      const routeId = id.replace('route/', '');
      if (!routes.map(routeOf).includes(routeId)) throw new WorkflowNotFoundError('ended', id, undefined);
      heard.push({ routeId, kind });
    },
  });
  const client = { withDeadline: (_: number, call: () => unknown) => call(), workflow: { getHandle } };
  return { server, ports: agreementPorts(client as unknown as Client) };
}

it('a place that is granted to a route that has ended goes to the next at once', async () => {
  const ledger = after(aLedger([aLine(1)]), asks(1), asks(2), asks(3), endOf(1));
  const { server, ports } = aServer([ledger], [3]);
  const granted = ledger.outbox[0] as PlaceGranted;
  expect(granted.routeId).toBe(routeOf(2));
  await ports.tellRoute(granted);
  await ports.tellRoute(granted); // told once more: nothing changes
  expect([holders(server.ledger(2027)), waiting(server.ledger(2027))]).toEqual([[3], []]);
  await ports.tellRoute(server.ledger(2027).outbox[1] as PlaceGranted);
  expect([holders(server.ledger(2027)), server.heard]).toEqual([
    [3],
    [{ routeId: routeOf(3), kind: 'place-granted' }],
  ]);
});

it('whoever is released before the next year is there, or while the queue is brought to it, is not in it', async () => {
  const waits = after(aLedger([aLine(0)]), asks(1), asks(2), asks(3), asks(4), closeWithQueue);
  const message = waits.outbox[0] as CarryOver;
  const { server, ports } = aServer([waits], [1, 2, 3, 4]);
  await expect(ports.carryOver(message)).rejects.toThrow('The agreement of 2028 is not there');
  server.set(after(server.ledger(2027), endOf(2)));
  server.set({ ...aLedger([aLine(0)]), year: 2028 });
  server.between = () => server.set(after(server.ledger(2027), endOf(3)));
  await ports.carryOver(message);
  expect(waiting(server.ledger(2028))).toEqual([1, 4]);
  expect([2, 3].map((n) => endingOf(server.ledger(2028), uuid(n)))).toEqual([undefined, 'released']);
  // The worker was gone before the message counted as delivered: it is brought once more.
  server.set(after(server.ledger(2027), endOf(4)));
  await ports.carryOver(message);
  expect(waiting(server.ledger(2028))).toEqual([1]);
});

it('a route of a closed year asks the next, and waits for its agreement where there is none', async () => {
  const year = Number(new Date().toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' }));
  const before = after({ ...aLedger([aLine(0)]), year }, asks(1), asks(2));
  const { server, ports } = aServer([before], [1, 2]);
  const request = {
    requestId: 'r-1',
    routeId: routeOf(1),
    municipality: 'GM0153',
    region: 'twente',
    housingForm: 'own-home',
    waitingSince: now,
  };
  await ports.reserve(request); // it waits already
  expect(waiting(server.ledger(year))).toEqual([1, 2]);
  const closed = after(server.ledger(year), { kind: 'close', carryOver: { places: false, queue: false } });
  server.set(closed);
  const again = { ...request, requestId: 'r-2' };
  await expect(ports.reserve(again)).rejects.toThrow('the next is not there');
  server.set({ ...aLedger([aLine(1)]), year: year + 1 });
  await ports.reserve(again);
  expect(server.ledger(year + 1).reservations).toMatchObject([{ asked: { routeId: routeOf(1) } }]);
  expect(server.heard).toEqual([{ routeId: routeOf(1), kind: 'place-granted' }]);
  expect(uuid(1)).not.toBe(server.ledger(year + 1).reservations[0]!.asked.reservationId);
});
