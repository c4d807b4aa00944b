/** Whatever can be told to a ledger, in whatever order: what the property tests play. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { AgreementCommand } from '../../../domain/housing-agreement/commands.ts';
import { lapse } from '../../../domain/housing-agreement/reservations.ts';
import type { AgreementState } from '../../../domain/housing-agreement/state.ts';
import { aLedger, aLine, asks, daysLater, give, routeOf, uuid } from './support.ts';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 150);
const routes = 12;
const ofYearBefore = 100;
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
  .array(fc.nat(2), { minLength: 4, maxLength: 4 })
  .map((places) =>
    places.map((each, i) =>
      aLine(each, { corporation: corporations[i % 2]!, municipality: municipalities[i >> 1]! }),
    ),
  );
const spread = fc
  .array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 3, maxLength: 3 })
  .map((shares) => shares.map((maximumShare, i) => ({ neighbourhood: neighbourhoods[i]!, maximumShare })));
/** A reservation of a route, or the one that it had in the ledger of the year before. */
const reservationId = fc
  .tuple(fc.integer({ min: 1, max: routes }), fc.constantFrom(0, 0, ofYearBefore))
  .map(([n, year]) => uuid(n + year));
const asking = fc
  .record({
    n: fc.integer({ min: 1, max: routes }),
    wishes,
    urgentByLaw: fc.boolean(),
    since: fc.nat(20),
  })
  .map(({ n, since, ...more }) => ({ n, ...more, waitingSince: daysLater(-since) }));
const fromYearBefore = fc
  .uniqueArray(asking, { maxLength: 6, size: 'max', selector: ({ n }) => n })
  .map((all) =>
    all.map(({ n, ...more }, arrival) => ({
      ...asks(n, { reservationId: uuid(n + ofYearBefore), ...more }).request,
      waitingSince: more.waitingSince,
      arrival,
    })),
  );

export type Move =
  | { readonly what: 'command'; readonly command: AgreementCommand }
  | { readonly what: 'days'; readonly days: number };
const command: fc.Arbitrary<AgreementCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: asking.map(({ n, ...more }) => asks(n, more)),
  },
  reservationId.map((id) => ({ kind: 'confirm' as const, reservationId: id })),
  fc
    .record({ reservationId, neighbourhood: fc.constantFrom(...neighbourhoods) })
    .map((which) => ({ kind: 'confirm' as const, ...which })),
  { weight: 2, arbitrary: reservationId.map((id) => ({ kind: 'release' as const, reservationId: id })) },
  fc
    .integer({ min: 1, max: routes })
    .map((n) => ({ kind: 'release-of-route' as const, routeId: routeOf(n) })),
  fc
    .record({ reservationId, placeStays: fc.boolean() })
    .map((which) => ({ kind: 'withdraw' as const, ...which })),
  fc
    .record({ agreed, spread })
    .map((terms) => ({ kind: 'amend' as const, terms: { ...terms, reservationDays: 10 }, version: 0 })),
  fc
    .record({ places: agreed, queue: fromYearBefore })
    .map((brought) => ({ kind: 'take-over' as const, brought })),
);
const close: fc.Arbitrary<AgreementCommand> = fc
  .record({ places: fc.boolean(), queue: fc.boolean() })
  .map((carryOver) => ({ kind: 'close' as const, carryOver }));
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 60, arbitrary: command.map((command) => ({ what: 'command' as const, command })) },
    {
      weight: 10,
      arbitrary: fc.integer({ min: 1, max: 40 }).map((days) => ({ what: 'days' as const, days })),
    },
    { weight: 1, arbitrary: close.map((command) => ({ what: 'command' as const, command })) },
  ),
  { maxLength: 60, size: 'max' }, // fast-check would else play a handful
);

export type Look = (now: AgreementState, was: AgreementState, move: Move) => void;

/** Plays moves on a ledger, and looks at it after each. */
function play(first: AgreementState, all: readonly Move[], look: Look) {
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
    look(state, was, move);
  }
  return state;
}

const ledgers = fc.record({ agreed, spread }).map(({ agreed, spread }) => aLedger(agreed, spread));
/** Holds after every move of every ledger. */
export function property(look: Look): void {
  const played = fc.property(ledgers, moves, (ledger, all) => void play(ledger, all, look));
  fc.assert(played, { numRuns });
}
