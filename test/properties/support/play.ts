/** Plays moves on a route. */
import { ContactKind, FocusArea, Relation, type SupporterChangeBody } from '../../../contracts/cti.ts';
import type { Command } from '../../../domain/command.ts';
import { concernsOf } from '../../../domain/concerns.ts';
import type { PartnerNews } from '../../../domain/news.ts';
import type { RouteRules } from '../../../domain/rules.ts';
import { stepIds, steps, type StepId } from '../../../domain/steps.ts';
import { supportersOf } from '../../../domain/supporters.ts';
import { agreement, routeId, rules } from '../../support/a-route.ts';
import { goOn } from './finish.ts';
import { answer, give, placeNews } from './acts.ts';
import type { CommandMove, Move } from './moves.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const reason = { jwe: 'reason' };
const later: RouteRules = { ...rules('nl'), version: '2027-01-01', terms: sooner(rules('nl').terms) };

/** A later set in which partners have a week less. */
function sooner(terms: RouteRules['terms']): RouteRules['terms'] {
  return { ...terms, 'partner.answer': { ...terms['partner.answer']!, limit: 'P7D', version: '2027-01-01' } };
}

const one = <T>(of: readonly T[], pick: number): T | undefined => of[pick % Math.max(of.length, 1)];

export async function play(world: World, move: Move): Promise<void> {
  switch (move.move) {
    case 'answer':
    case 'news':
    case 'concern':
    case 'withdraw':
    case 'commitment':
    case 'place': {
      const news = newsOf(world, move);
      if (news) await world.tell(news, 'way' in move ? move.way : 'update');
      return;
    }
    case 'tell-again': {
      const news = one(world.told, move.pick);
      if (news) await world.tell(news, move.way);
      return;
    }
    case 'garbage':
      return world.tellGarbage(move.input, move.way);
    case 'order':
      return order(world, move);
    case 'order-again': {
      const envelope = one(world.ordered, move.pick);
      if (envelope) await world.order({ ...envelope, ...(move.altered && { fingerprint: 'another' }) });
      return;
    }
    case 'next-moment': {
      const next = world.nextTimer();
      return next && world.until(next.at + (move.late ? 5 * HOUR : 0), move.late);
    }
    case 'time':
      return world.until(world.now + move.hours * HOUR, move.late);
    case 'walk':
      for (let i = 0; i < move.steps; i += 1) await goOn(world);
      return;
    case 'partners':
      world.partnersUp = move.up;
      return world.letPartnersAnswer();
    case 'deliver': {
      const asked = one([...world.run.activities.values()], move.pick);
      return asked && world.deliver(asked, move.fate);
    }
    case 'crash':
      return world.crash();
    case 'spend-history':
      return world.spendHistory();
    case 'roll-over':
      return world.rollOver();
  }
}

type NewsMove = Extract<Move, { move: 'answer' | 'news' | 'concern' | 'withdraw' | 'commitment' | 'place' }>;

function newsOf(world: World, move: NewsMove): PartnerNews | undefined {
  const { state } = world;
  const eventId = `event-${world.told.length}`;
  switch (move.move) {
    case 'answer': {
      const stepId = one(openRequests(world), move.pick);
      if (!stepId) return undefined;
      const kind = move.refuse
        ? 'step-refused'
        : stepId === 'housing.offer'
          ? 'offer-made'
          : 'step-completed';
      const given =
        Object.keys(move.result).length > 0 && kind === 'step-completed' ? { result: move.result } : {};
      return { ...answer(world, stepId, kind, state.steps[stepId]!.attempt), eventId, ...given };
    }
    case 'news': {
      const { offset, form } = move;
      const stepId = typeof move.stepId === 'number' ? one(mostTried(world), move.stepId) : move.stepId;
      if (!stepId) return undefined;
      const attempt = (state.steps[stepId]?.attempt ?? 1) + offset;
      const plain = answer(world, stepId, move.kind, attempt);
      const requestIds: Record<typeof form, string | undefined> = {
        plain: plain.requestId,
        padded: `${routeId}:${stepId}:0${attempt}`,
        zero: `${routeId}:${stepId}:0`,
        'other-route': `4f1c2a10-7a35-4f57-9a55-000000000000:${stepId}:${attempt}`,
        'no-step': `${routeId}:no.such-step:1`,
        none: undefined,
      };
      const { requestId: _, ...rest } = plain;
      const requestId = requestIds[form];
      const party = move.party === 'its-own' ? plain.party : move.party;
      return { ...rest, ...(requestId && { requestId }), party, eventId };
    }
    case 'concern':
      return { eventId, party: move.party, kind: 'concern-raised', reason: move.kind, note: reason };
    case 'withdraw': {
      const offerId = one(state.offers.toReversed(), move.pick % 3)?.offerId ?? 'home-9';
      return { eventId, party: move.party, kind: 'offer-withdrawn', offerId, reason: move.reason };
    }
    case 'place':
      return { ...placeNews(move.kind, move.pick), eventId };
    case 'commitment': {
      const { attempt } = state.steps[move.about] ?? { attempt: 1 };
      const party = move.about === 'debt.plan' ? ('debt-service' as const) : ('support-provider' as const);
      return { eventId, party, kind: move.kind, requestId: `${routeId}:${move.about}:${attempt}` };
    }
  }
}

const openRequests = ({ state }: World): StepId[] =>
  stepIds.filter(
    (id) => steps[id].kind === 'request' && ['open', 'technical'].includes(state.steps[id]?.status ?? ''),
  );

const mostTried = ({ state }: World): StepId[] => {
  const attempts = (id: StepId) => state.steps[id]?.attempt ?? 0;
  return stepIds.filter((id) => state.steps[id]).sort((a, b) => attempts(b) - attempts(a));
};

async function order(world: World, { command: move, by, foreign }: Extract<Move, { move: 'order' }>) {
  if ('refusing' in move && move.refusing) await refusePostalAddress(world);
  const command = commandOf(world, move);
  if (!command) return;
  await give(world, command, by, foreign ? 'GM0001' : moverOf(world, move));
}

/** Goes on until it is asked, where the route has not come to it, and has the registry refuse it. */
async function refusePostalAddress(world: World): Promise<void> {
  const stepId = 'income.postal-address';
  for (let i = 0; i < 8 && !world.state.steps[stepId]; i += 1) await goOn(world);
  const asked = world.state.steps[stepId];
  if (asked?.status !== 'open') return;
  const news = answer(world, stepId, 'step-refused', asked.attempt);
  await world.tell({ ...news, eventId: `event-${world.told.length}` }, 'update');
}
/** Who answers an offer is of the municipality that it is made to, as a rule. */
const moverOf = ({ state }: World, { kind }: CommandMove): string =>
  kind === 'accept-transfer' || kind === 'decline-transfer'
    ? (state.transfer?.to ?? state.municipality)
    : state.municipality;

type CtiMove = Extract<
  CommandMove,
  { kind: 'invite-supporter' | 'record-contact' | 'set-focus-areas' | 'change-supporter' }
>;

function ctiCommand(world: World, move: CtiMove): Command {
  const { state, now } = world;
  const known = supportersOf(state).toReversed();
  switch (move.kind) {
    case 'invite-supporter': {
      const left = known.find(({ status }) => status === 'dropped-out')?.supporterId;
      return {
        kind: 'invite-supporter',
        supporterId: `id-${100 + ((state.revision + move.pick) % 900)}`,
        relation: one(Relation.options, move.pick)!,
        support: ['practical'],
        who: { jwe: 'who' },
        ...(left && move.pick % 2 === 0 && { replaces: left }),
      };
    }
    case 'change-supporter': {
      // Somebody has to be there first.
      if (known.length === 0) return ctiCommand(world, { kind: 'invite-supporter', pick: move.pick });
      const supporterId = one(known, move.pick)?.supporterId ?? 'id-000';
      if (move.to === 'takes-part') return { kind: move.kind, supporterId, change: { takesPart: true } };
      const consent = move.to === 'accepted' ? { consent: true as const } : {};
      const change = { status: move.to, ...consent } as SupporterChangeBody;
      return { kind: move.kind, supporterId, change };
    }
    case 'record-contact': {
      const date = new Date(now).toISOString().slice(0, 10);
      const kind = one(ContactKind.options, move.pick)!;
      return { kind: 'record-contact', contact: { date, kind, with: ['person', 'neighbour'] } };
    }
    case 'set-focus-areas':
      return { kind: move.kind, areas: FocusArea.options.slice(0, 1 + (move.pick % 3)) };
  }
}

function commandOf(world: World, move: CommandMove): Command | undefined {
  const { state, now } = world;
  switch (move.kind) {
    case 'identify':
      return { kind: 'identify', person: { jwe: 'person' } };
    case 'go-on':
      return { kind: 'go-on' };
    case 'close-early':
      return { kind: 'close-early', reason };
    case 'decide':
      return {
        kind: 'decide',
        decision: { granted: move.granted, ...(move.ladder && { ladder: true }), reason },
      };
    case 'record-skills':
      return { kind: 'record-skills', skills: { 'living-skills': move.level } };
    case 'wish-for-housing':
      return { kind: 'wish-for-housing', ...(move.wished && { housingForm: 'own-home' }) };
    case 'record-move': {
      const date = new Date(now).toISOString().slice(0, 10);
      return { kind: 'record-move', move: { to: 'own-home', forced: move.forced, reason: 'unsafe', date } };
    }
    case 'invite-supporter':
    case 'record-contact':
    case 'set-focus-areas':
    case 'change-supporter':
      return ctiCommand(world, move);
    case 'raise-concern':
      return {
        kind: 'raise-concern',
        concernId: `id-${100 + ((state.revision + move.pick) % 900)}`,
        concern: move.concern,
        from: 'neighbour',
      };
    case 'hand-over-track':
      return { kind: 'hand-over-track', track: move.track, owner: 'debt-service', reason };
    case 'settle-concern': {
      const { outcome, track } = move;
      return {
        kind: 'settle-concern',
        concernId: one(concernsOf(state).toReversed(), move.pick % 4)?.concernId ?? 'id-000',
        outcome,
        ...(outcome === 'handed-over' && { owner: 'gp' }),
        ...(outcome === 'track-reopened' && track && { track }),
        reason,
      };
    }
    case 'begin-training':
      return move;
    case 'begin-step': {
      const until = new Date(now + move.days * 24 * HOUR).toISOString().slice(0, 10);
      return { kind: 'begin-step', stepId: move.stepId, ...(move.days > 0 && { until }), reason };
    }
    case 'record-debt-progress': {
      const at = new Date(now);
      const month = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - move.ago)).toISOString();
      const progress =
        move.what === 'creditors-answered'
          ? { what: move.what, asked: 3, agreed: 1, refused: 1 }
          : { what: move.what, month: month.slice(0, 7) };
      return { kind: 'record-debt-progress', progress };
    }
    case 'answer-offer': {
      const offers = state.offers.toReversed();
      const offerId = one(offers, move.pick % 3)?.offerId ?? 'home-9';
      return {
        kind: 'answer-offer',
        offerId,
        accepted: move.accepted,
        ...(!move.accepted && { reason: move.reason }),
      };
    }
    case 'exclude-areas':
      return { kind: 'exclude-areas', areas: move.areas };
    case 'seal-shelter-address':
      return { kind: 'seal-shelter-address', address: { jwe: 'shelter' } };
    case 'redo':
    case 'skip':
      return { kind: move.kind, stepId: move.stepId, reason };
    case 'redo-one':
    case 'skip-one':
    case 'complete-one': {
      const stepId = one(Object.keys(state.steps), move.pick);
      if (!stepId) return undefined;
      return { kind: move.kind.split('-')[0] as 'redo' | 'skip' | 'complete', stepId, reason };
    }
    case 'object': {
      const refused = stepIds.filter((id) => state.steps[id]?.status === 'refused');
      const decisions = refused.filter((id) => steps[id].decision);
      const stepId = one(decisions.length > 0 ? decisions : refused, move.pick) ?? 'income.postal-address';
      const lodged = new Date(now - move.lodgedDaysAgo * 24 * HOUR).toISOString().slice(0, 10);
      return { kind: 'object', stepId, reason, ...(move.lodgedDaysAgo > 0 && { lodgedOn: lodged }) };
    }
    case 'begin-ex-officio':
      return { kind: 'begin-step', stepId: 'income.ex-officio', reason };
    case 'complete':
      return {
        kind: 'complete',
        stepId: move.stepId,
        reason,
        ...(Object.keys(move.result).length > 0 && { result: move.result }),
      };
    case 'reopen':
      return { kind: 'reopen', track: move.track, ...(move.from && { from: move.from }), reason };
    case 'hold': {
      const until = new Date(now + move.days * 24 * HOUR).toISOString();
      const { absence } = move;
      return {
        kind: 'hold',
        ...(absence !== 'out-of-contact' && { until }),
        ...(absence && { absence }),
        reason,
      };
    }
    case 'end-absence':
      return { kind: 'close-early', reason, ending: move.ending };
    case 'offer-transfer': {
      const to = state.municipality === 'GM0153' ? 'GM0200' : 'GM0153';
      const day = new Date(now + move.days * 24 * HOUR).toISOString().slice(0, 10);
      return { kind: 'offer-transfer', to, day, reason };
    }
    case 'withdraw-transfer':
      return { kind: 'withdraw-transfer' };
    case 'decline-transfer':
      return { kind: 'decline-transfer', reason: 'no-capacity', note: reason };
    case 'accept-transfer':
      return {
        kind: 'accept-transfer',
        caseManager: 'cm-301',
        rules: rules('nl'),
        ...(move.agreed && { region: 'twente', agreement }),
      };
    case 'change-case-manager':
      return { kind: 'change-case-manager', caseManager: move.caseManager, reason };
    case 'adopt-rules':
      return { kind: 'adopt-rules', rules: move.set === 'later' ? later : rules(move.set), reason };
  }
}
