/**
 * The support network: people of somebody's own surroundings, each with an own answer, consent and part. Codes and dates
 * stand in one text, who they are is sealed. Whoever is no supporter any more is let go of: their name is not kept.
 */
import type { Relation, SupporterStatus } from '../contracts/cti.ts';
import type { CommandOf } from './command.ts';
import { clockOf, hasBegun, withCti } from './cti.ts';
import { Refused } from './refusal.ts';
import { changed, type RouteState } from './route-state.ts';
import { packed, unpacked, type Supporter, type SupporterFacts } from './supporter-record.ts';

/** How many travel with the route; its histories hold all of them. */
export const supportersKept = 12;

/** How many may be invited or accepted at a time. */
export const supportersMost = 6;

/** The relations of a landing plan: those of the neighbourhood around the home (Dannenberg: broad view). */
const ofNeighbourhood: ReadonlySet<Relation> = new Set([
  'neighbour',
  'school',
  'gp',
  'community-centre',
  'club',
  'faith-community',
]);

/** The supporters that are kept, in the order in which they were invited. */
export const supportersOf = ({ cti }: Pick<RouteState, 'cti'>): readonly SupporterFacts[] =>
  (cti?.supporters ?? []).map(({ is }) => unpacked(is));

/** Whether somebody is part of the landing plan in the neighbourhood: by own consent. */
export const isLanding = ({ relation, status }: SupporterFacts): boolean =>
  status === 'accepted' && ofNeighbourhood.has(relation);

/** How many supporters the person has. */
export const acceptedOf = (state: Pick<RouteState, 'cti'>): number =>
  supportersOf(state).filter(({ status }) => status === 'accepted').length;

/** How many accepted their part at the transfer, under the clock that runs. */
export const takingPartOf = (state: RouteState): number =>
  supportersOf(state).filter(
    ({ status, part }) => status === 'accepted' && part?.takes && part.clock === clockOf(state),
  ).length;

/**
 * Invites somebody, as the person wants.
 * @throws Refused network-full; supporter-unknown or supporter-not-so for a place that nobody left
 */
export function inviteSupporter(
  state: RouteState,
  { supporterId, relation, support, who, replaces }: CommandOf<'invite-supporter'>,
  by: string,
  now: string,
): RouteState {
  const known = supportersOf(state);
  if (known.filter(isInPlay).length >= supportersMost)
    throw new Refused('network-full', `A network has ${supportersMost} supporters at the most.`);
  if (replaces && supporterOf(state, replaces).status !== 'dropped-out')
    throw new Refused('supporter-not-so', 'Only who dropped out leaves a place to another supporter.');
  const invited = packed({
    supporterId,
    relation,
    support,
    status: 'invited',
    since: now,
    ...(replaces && { replaces }),
  });
  const supporters = bounded([...(state.cti?.supporters ?? []), { is: invited, who }]);
  const entry = { what: 'supporter-invited', by, reason: relation };
  return changed(state, now, entry, withCti(state, { supporters }));
}

/**
 * Records what a supporter answered, that they dropped out or were replaced, or what they said at the transfer.
 * @throws Refused supporter-unknown; supporter-not-so where their status does not lead there; transfer-not-begun
 */
export function changeSupporter(
  state: RouteState,
  { supporterId, change }: CommandOf<'change-supporter'>,
  by: string,
  now: string,
): RouteState {
  const supporter = supporterOf(state, supporterId);
  const { status, relation } = supporter;
  if ('takesPart' in change) {
    if (status !== 'accepted') throw notSo(status, 'takes part');
    if (!hasBegun(state.steps['cti.transfer-of-care']))
      throw new Refused('transfer-not-begun', 'The transfer of care has not begun yet.');
    const part = { takes: change.takesPart, clock: clockOf(state) };
    const what = change.takesPart ? 'supporter-takes-part' : 'supporter-takes-no-part';
    return changed(state, now, { what, by, reason: relation }, replaced(state, { ...supporter, part }));
  }
  const next = change.status;
  if (status !== comesFrom[next]) throw notSo(status, next);
  const told = { ...supporter, status: next, since: now };
  const entry = { what: `supporter-${next}`, by, reason: relation };
  const changedState = changed(state, now, entry, replaced(state, told));
  const before =
    next === 'accepted' && supportersOf(state).find((each) => each.supporterId === told.replaces);
  return before && before.status === 'dropped-out'
    ? { ...changedState, ...replaced(changedState, { ...before, status: 'replaced', since: now }) }
    : changedState;
}

const comesFrom = {
  accepted: 'invited',
  declined: 'invited',
  'dropped-out': 'accepted',
  replaced: 'dropped-out',
} as const satisfies Partial<Record<SupporterStatus, SupporterStatus>>;

const notSo = (status: string, next: string) =>
  new Refused('supporter-not-so', `A supporter who is ${status} cannot become: ${next}.`);

function supporterOf(state: RouteState, id: string): SupporterFacts {
  const found = supportersOf(state).find(({ supporterId }) => supporterId === id);
  if (!found) throw new Refused('supporter-unknown', 'The route has no such supporter.');
  return found;
}

const isInPlay = ({ status }: SupporterFacts): boolean => status === 'invited' || status === 'accepted';

function replaced(state: RouteState, supporter: SupporterFacts): Pick<RouteState, 'cti'> {
  const is = packed(supporter);
  const supporters = (state.cti?.supporters ?? []).map((each) => {
    if (unpacked(each.is).supporterId !== supporter.supporterId) return each;
    return { is, ...(each.who && isInPlay(supporter) && { who: each.who }) };
  });
  return withCti(state, { supporters });
}

/** Of too many the oldest goes who is no supporter any more; last of all who is still to be replaced. */
function bounded(supporters: readonly Supporter[]): readonly Supporter[] {
  if (supporters.length <= supportersKept) return supporters;
  const oldest = (...statuses: readonly SupporterStatus[]) =>
    supporters.findIndex(({ is }) => statuses.includes(unpacked(is).status));
  const ended = oldest('declined', 'replaced');
  return supporters.toSpliced(ended >= 0 ? ended : oldest('dropped-out'), 1);
}

/**
 * Another municipality gets to know who they are of those who said yes themselves, and of nobody else: the names of others
 * are let go of.
 */
export function namesOfThoseWhoSaidYes(state: RouteState): RouteState {
  const supporters = state.cti?.supporters;
  if (!supporters) return state;
  const kept = supporters.map(({ is, who }) => ({
    is,
    ...(who && unpacked(is).status === 'accepted' && { who }),
  }));
  return { ...state, ...withCti(state, { supporters: kept }) };
}
