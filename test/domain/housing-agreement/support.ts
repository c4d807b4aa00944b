/** A ledger for the tests, and what is told to it. */
import { carryOutInLedger, type AgreementCommand } from '../../../domain/housing-agreement/commands.ts';
import { begin, type AgreementState, type Asked } from '../../../domain/housing-agreement/state.ts';
import type { AgreedPlaces, SpreadShare } from '../../../contracts/housing-agreement.ts';

export const now = '2027-02-01T09:00:00.000Z';
export const daysLater = (days: number): string =>
  new Date(Date.parse(now) + days * 86_400_000).toISOString();

/** Places of De Woonplaats in Enschede. */
export const aLine = (places: number, more: Partial<AgreedPlaces> = {}): AgreedPlaces => ({
  corporation: 'de-woonplaats',
  municipality: 'GM0153',
  housingForm: 'own-home',
  places,
  ...more,
});

export function aLedger(
  agreed: readonly AgreedPlaces[],
  spread: readonly SpreadShare[] = [],
): AgreementState {
  const terms = { agreed: [...agreed], spread: [...spread], reservationDays: 30 };
  return begin({ region: 'twente', year: 2027, terms }, now);
}

/** A UUID for a number. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const routeOf = (n: number): string => uuid(n + 1_000_000);

type Reserve = Extract<AgreementCommand, { kind: 'reserve' }>;

/** Route `n` asks for a place itself. */
export const asks = (n: number, more: Partial<Omit<Asked, 'arrival'>> = {}): Reserve => ({
  ...byHand(n, more),
  asHeld: true,
});

/** Somebody reserves a place for route `n`. */
export const byHand = (n: number, more: Partial<Omit<Asked, 'arrival'>> = {}): Reserve => ({
  kind: 'reserve',
  request: {
    reservationId: uuid(n),
    routeId: routeOf(n),
    municipality: 'GM0153',
    wishes: {},
    urgentByLaw: false,
    ...more,
  },
});

let given = 0;

/** Carries out a command under an id of its own. */
export function give(
  state: AgreementState,
  command: AgreementCommand,
  { at = now, id = `c-${(given += 1)}` }: { at?: string; id?: string } = {},
) {
  return carryOutInLedger(state, { id, fingerprint: 'f', actor: { subject: 'cm-17' }, command }, at);
}

/** The state after several commands, none of which may be refused. */
export function after(state: AgreementState, ...commands: readonly AgreementCommand[]): AgreementState {
  return commands.reduce((each, command) => {
    const { state: next, answer } = give(each, command);
    if (answer.outcome === 'refused') throw new Error(`${command.kind} was refused: ${answer.kind}`);
    return next;
  }, state);
}

/** The numbers of the routes that hold a place, and of those that wait, in order. */
export const holders = (state: AgreementState): number[] =>
  state.reservations.map(({ asked }) => numberOf(asked)).sort((a, b) => a - b);
export const waiting = (state: AgreementState): number[] => state.queue.map(numberOf);

const numberOf = ({ reservationId }: Asked): number => Number(reservationId.slice(-12));
