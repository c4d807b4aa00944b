/** Whatever is told to a ledger in whatever order: nothing is sold twice, and nobody is passed over. */
import fc from 'fast-check';
import { defaultPayloadConverter } from '@temporalio/common';
import { expect, it } from 'vitest';
import type { AgreementCommand } from '../../../domain/housing-agreement/commands.ts';
import { delivered } from '../../../domain/housing-agreement/telling.ts';
import {
  hasRoom,
  linesOf,
  municipalityOf,
  spreadOf,
  suits,
} from '../../../domain/housing-agreement/places.ts';
import { inFairOrder } from '../../../domain/housing-agreement/queue.ts';
import { lapse } from '../../../domain/housing-agreement/reservations.ts';
import type { AgreementState, Asked } from '../../../domain/housing-agreement/state.ts';
import { aLedger, aLine, asks, daysLater, give, routeOf, uuid } from './support.ts';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 300);
const routes = 12;
const corporations = ['de-woonplaats', 'domijn'];
const municipalities = ['GM0153', 'GM0141'];
const neighbourhoods = ['BU01530101', 'BU01530102', 'BU01410101'];
const some = (of: readonly string[]) => fc.option(fc.subarray([...of], { maxLength: 2 }), { nil: undefined });

const wishes = fc
  .record({
    corporations: some(corporations),
    municipalities: some(municipalities),
    neighbourhoods: some(neighbourhoods),
  })
  .map((all) => JSON.parse(JSON.stringify(all)) as typeof all); // as it travels: without what is undefined
const agreed = fc
  .array(fc.nat(4), { minLength: 4, maxLength: 4 })
  .map((places) =>
    places.map((each, i) =>
      aLine(each, { corporation: corporations[i % 2]!, municipality: municipalities[i >> 1]! }),
    ),
  );
const spread = fc
  .array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 3, maxLength: 3 })
  .map((shares) => shares.map((maximumShare, i) => ({ neighbourhood: neighbourhoods[i]!, maximumShare })));
const reservationId = fc.integer({ min: 1, max: routes }).map(uuid);

type Move =
  | { readonly what: 'command'; readonly command: AgreementCommand }
  | { readonly what: 'days'; readonly days: number };
const command: fc.Arbitrary<AgreementCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        n: fc.integer({ min: 1, max: routes }),
        wishes,
        urgentByLaw: fc.boolean(),
        since: fc.nat(20),
      })
      .map(({ n, since, ...more }) => asks(n, { ...more, waitingSince: daysLater(-since) })),
  },
  reservationId.map((id) => ({ kind: 'confirm' as const, reservationId: id })),
  fc
    .record({ reservationId, neighbourhood: fc.constantFrom(...neighbourhoods) })
    .map((which) => ({ kind: 'confirm' as const, ...which })),
  { weight: 2, arbitrary: reservationId.map((id) => ({ kind: 'release' as const, reservationId: id })) },
  fc
    .record({ reservationId, placeStays: fc.boolean() })
    .map((which) => ({ kind: 'withdraw' as const, ...which })),
  fc
    .record({ agreed, spread })
    .map((terms) => ({ kind: 'amend' as const, terms: { ...terms, reservationDays: 10 }, version: 0 })),
  fc
    .record({ places: agreed, queue: fc.constant([]) })
    .map((brought) => ({ kind: 'take-over' as const, brought })),
);
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: command.map((command) => ({ what: 'command' as const, command })) },
    fc.integer({ min: 1, max: 40 }).map((days) => ({ what: 'days' as const, days })),
  ),
  { maxLength: 60 },
);

/** Plays moves on a ledger, and looks at it after each. */
function play(
  first: AgreementState,
  all: readonly Move[],
  look: (now: AgreementState, was: AgreementState) => void,
) {
  let state = first;
  let day = 0;
  for (const [i, move] of all.entries()) {
    const was = state;
    if (move.what === 'days') {
      day += move.days;
      state = lapse(state, daysLater(day));
    } else {
      const { command } = move;
      const current = command.kind === 'amend' ? { ...command, version: state.version } : command;
      state = give(state, current, { at: daysLater(day), id: `m-${i}` }).state;
      // Told once more, under the same id: nothing changes, whatever it was.
      expect(give(state, current, { at: daysLater(day + 1), id: `m-${i}` }).state).toBe(state);
    }
    look(state, was);
  }
  return state;
}

const ledgers = fc.record({ agreed, spread }).map(({ agreed, spread }) => aLedger(agreed, spread));
/** Holds after every move of every ledger. */
function property(look: (now: AgreementState, was: AgreementState) => void): void {
  const played = fc.property(ledgers, moves, (ledger, all) => void play(ledger, all, look));
  fc.assert(played, { numRuns });
}

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
      tell(asks(n, { wishes, waitingSince: daysLater(-n), until: daysLater(300) }));
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
  expect([reservations.length, queue.length, outbox.length]).toEqual([1200, 1000, 400]);
  expect(bytes).toBeLessThan(1_900_000);
});
