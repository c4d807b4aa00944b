/** Whatever is told to a ledger in whatever order: nothing is sold twice, and nobody is passed over. */
import { defaultPayloadConverter } from '@temporalio/common';
import { expect, it } from 'vitest';
import { beingCarried } from '../../../domain/housing-agreement/closure.ts';
import type { AgreementCommand } from '../../../domain/housing-agreement/commands.ts';
import {
  hasRoom,
  linesOf,
  municipalityOf,
  spreadOf,
  suits,
} from '../../../domain/housing-agreement/places.ts';
import { inFairOrder } from '../../../domain/housing-agreement/queue.ts';
import type { AgreementState, Asked } from '../../../domain/housing-agreement/state.ts';
import { delivered } from '../../../domain/housing-agreement/telling.ts';
import { property } from './moves.ts';
import { aLedger, aLine, asks, byHand, daysLater, give, routeOf, uuid } from './support.ts';

/** Everybody who has a place, waits, or is being carried over. */
const everybody = (state: AgreementState): Asked[] => [
  ...state.queue,
  ...state.reservations.map(({ asked }) => asked),
  ...beingCarried(state),
];
const idsOf = (all: readonly { readonly reservationId: string }[]) =>
  new Set(all.map(({ reservationId }) => reservationId));

it('is never oversold, nor amended below what is taken', () => {
  property((state) => expect(linesOf(state).filter(({ free }) => free < 0)).toEqual([]));
});

it('has each route once: as a holder, or in the queue', () => {
  property(({ reservations, queue }) => {
    const all = [...reservations.map(({ asked }) => asked), ...queue].map(({ routeId }) => routeId);
    expect(new Set(all).size).toBe(all.length);
  });
});

it('keeps its queue in the fair order, whatever came and went', () => {
  property(({ queue }) => expect(queue.toSorted(inFairOrder)).toEqual(queue));
});

it('leaves no place free that somebody waits for', () => {
  property((state) => {
    const lines = linesOf(state);
    const spread = spreadOf(state, lines);
    const could = (asked: Asked) =>
      lines.some((line) => {
        const wished = asked.wishes.neighbourhoods ?? [];
        const room = wished.some(
          (each) => municipalityOf(each) === line.municipality && hasRoom(spread, each),
        );
        return line.free > 0 && suits(asked, line) && (wished.length === 0 || room);
      });
    expect(state.queue.filter(could)).toEqual([]);
  });
});

it('gives a released place to nobody while somebody in front could have had the same', () => {
  property((state, was) => {
    const held = new Set(was.reservations.map(({ asked }) => asked.reservationId));
    const granted = state.reservations.filter(({ asked }) => !held.has(asked.reservationId));
    for (const { asked, place } of granted)
      for (const other of state.queue.filter((each) => inFairOrder(each, asked) < 0)) {
        const line = linesOf(state).find(
          (each) => each.corporation === place.corporation && each.municipality === place.municipality,
        )!;
        const wished = other.wishes.neighbourhoods ?? [];
        const spread = spreadOf(state, linesOf(state));
        // Who stands in front and was passed over: it does not suit, or their neighbourhoods are full.
        const passed =
          suits(other, line) &&
          (wished.length === 0 ||
            wished.some((each) => hasRoom(spread, each) && municipalityOf(each) === line.municipality));
        expect(passed).toBe(false);
      }
  });
});

it('goes beyond no share of a neighbourhood by what it grants', () => {
  property((state, was) => {
    const { taken, maximum } = spreadOf(state, linesOf(state));
    const before = spreadOf(was, linesOf(was));
    const beyond = [...taken].filter(
      ([neighbourhood, count]) =>
        count > Math.max(before.taken.get(neighbourhood) ?? 0, maximum.get(neighbourhood) ?? Infinity),
    );
    expect(beyond).toEqual([]);
  });
});

it('loses nobody who waits: they wait still, have a place, are carried over, or are told that it is over', () => {
  property((state, was, move) => {
    const command = move.what === 'command' ? move.command : undefined;
    const ownWish = command?.kind === 'release-of-route' ? command.routeId : undefined;
    const here = idsOf(everybody(state));
    const told = idsOf(state.outbox.filter((each) => each.what === 'place-ended'));
    const lost = [...was.queue, ...beingCarried(was)].filter(
      ({ reservationId: id, routeId }) => !here.has(id) && !told.has(id) && routeId !== ownWish,
    );
    expect(lost).toEqual([]);
  });
});

it('takes everybody over who comes from the year before without a place, with all that their place goes by', () => {
  property((state, was, move) => {
    if (move.what !== 'command' || move.command.kind !== 'take-over') return;
    const told = state.outbox.slice(was.outbox.length).filter((each) => each.what === 'place-ended');
    for (const { routeId, urgentByLaw, waitingSince } of move.command.brought.queue) {
      const isRoute = (each: { readonly routeId: string }) => each.routeId === routeId;
      const own = everybody(state).filter(isRoute);
      const isAsGood = (asked: Asked) =>
        asked.waitingSince <= waitingSince && (asked.urgentByLaw || !urgentByLaw);
      const had = was.reservations.some(({ asked }) => isRoute(asked));
      expect(had || told.some(isRoute) || own.some(isAsGood)).toBe(true);
    }
  });
});

it('lets nobody wait in a closed year, and keeps no place there that is carried over', () => {
  property((state) => {
    if (!state.closed) return;
    const { places, queue } = state.closed.carryOver;
    const free = linesOf(state).filter((line) => line.free > 0);
    expect([state.queue, places ? free : [], queue ? [] : beingCarried(state)]).toEqual([[], [], []]);
  });
});

it('tells each grant after waiting once, under a key of its own, and forgets what was told', () => {
  property((state) => {
    const keys = state.outbox.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.reduce(delivered, state).outbox).toEqual([]);
  });
});

it('is plain JSON', () => {
  property((state) => expect(JSON.parse(JSON.stringify(state))).toEqual(state));
});

it('the fullest ledger there can be fits in a payload', { timeout: 120_000 }, () => {
  const code = (n: number) => `${String(n)}-`.padEnd(30, 'x');
  const wishes = {
    corporations: [1, 2, 3].map(code),
    municipalities: ['GM0153', 'GM0141', 'GM0158'],
    housingForms: [1, 2, 3].map(code),
    neighbourhoods: [1, 2, 3].map((n) => `BU0153000${n}`),
  };
  const line = (n: number, places: number) =>
    aLine(places, { corporation: code(1 + (n % 3)), housingForm: code(n) });
  const shares = Array.from({ length: 300 }, (_, n) => ({
    neighbourhood: `BU0141${String(n).padStart(4, '0')}`,
    maximumShare: 0.333333,
  }));
  const others = Array.from({ length: 197 }, (_, n) => ({ ...line(n + 4, 0) }));
  let state = aLedger([line(1, 300), line(2, 300), line(3, 200), ...others], shares);
  const asksAll = (from: number, count: number) => {
    for (let n = from; n < from + count; n += 1)
      tell((n <= 200 ? byHand : asks)(n, { wishes, waitingSince: daysLater(-n), until: daysLater(300) }));
  };
  const tell = (command: AgreementCommand) => {
    state = give(state, command, { id: `id-${state.arrivals}-${state.outbox.length}` }).state;
  };
  asksAll(1, 1300);
  tell({ kind: 'take-over', brought: { places: [line(1, 400)], queue: [] } });
  asksAll(2000, 400);
  const brought = state.queue.map((asked, i) => ({
    ...asked,
    routeId: routeOf(5000 + i),
    reservationId: uuid(5000 + i),
  }));
  tell({ kind: 'take-over', brought: { places: [], queue: brought } });
  const full = { ...state, commands: 'x'.repeat(22 * 2000), ended: 'x'.repeat(7 * 2000) };
  const bytes = defaultPayloadConverter.toPayload(full).data!.byteLength;
  const { reservations, queue, outbox } = state;
  console.log(
    `${reservations.length} held, ${queue.length} queued, ${outbox.length} to be told: ${bytes} bytes`,
  );
  expect([reservations.length, queue.length, outbox.length]).toEqual([1200, 1000, 600]);
  expect(bytes).toBeLessThan(1_900_000);
});
