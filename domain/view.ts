/** The views of a route that the API shows: made of its state alone. */
import type {
  HoldView,
  RouteView,
  StepView,
  Timeline,
  TimelineEntry,
  TrackView,
  Wait,
  WaitList,
} from '../contracts/views.ts';
import type { Language, Track } from '../contracts/vocabulary.ts';
import { concernsView } from './concern-view.ts';
import { commitmentsView } from './commitments-view.ts';
import { alarmsView } from './alarms.ts';
import { ctiView } from './cti-view.ts';
import { debtView } from './debt-view.ts';
import { erasureView } from './erasure-texts.ts';
import { factsOf } from './facts.ts';
import { fallsWith } from './falls.ts';
import { fallsText, lawfulMoveText } from './falls-texts.ts';
import { movesAbout } from './lawful-moves.ts';
import { offersView } from './offer-view.ts';
import { homePromiseView } from './home-promise-view.ts';
import { intakeView } from './intake-view.ts';
import { movesOf } from './moves.ts';
import { inWords, inWordsOf } from './reason-texts.ts';
import { consentInLine } from './consent.ts';
import type { RouteState, StepRecord, TimelineRecord } from './route-state.ts';
import { dueOf } from './refused-application.ts';
import { promisedFacts } from './round.ts';
import { sourceOf } from './rules.ts';
import { dueAtOf, healthOf, trackStatus, waitingsOf } from './standing.ts';
import { transferView } from './transfer-view.ts';
import type { StepId } from './steps.ts';
import { ownerOf } from './track-owner.ts';
import {
  goOnText,
  happeningText,
  healthText,
  holdText,
  leftOutText,
  moveText,
  waitText,
  wordsFor,
} from './texts.ts';
import { stepIdsOf, stepOf } from './template.ts';

const tracks: readonly Track[] = ['intake', 'debt', 'income', 'housing', 'cti', 'aftercare', 'closure'];

/** Everything about a route but what is personal. */
export function routeView(state: RouteState, language: Language): RouteView {
  const waitings = waitingsOf(state);
  const dueAt = dueAtOf(waitings);
  return {
    routeId: state.routeId,
    municipality: state.municipality,
    caseManager: state.caseManager,
    targetGroup: state.targetGroup,
    stage: state.stage,
    health: healthOf(state, waitings),
    healthSentence: healthText(healthOf(state, waitings), language),
    waitingOn: [...new Set(waitings.map(({ waitingOn }) => waitingOn))],
    blockers: [...new Set(waitings.map(({ blocker }) => blocker))],
    ...(dueAt && { dueAt }),
    ...holdView(state, language),
    stageSince: state.stageSince,
    changedAt: state.changedAt,
    origin: state.origin,
    ...(state.region && { region: state.region }),
    startedAt: state.startedAt,
    ...(state.closedAt && { closedAt: state.closedAt }),
    ...(state.ending && { ending: state.ending }),
    ruleSet: { id: state.rules.set, version: state.rules.version },
    facts: [...factsOf(state)],
    promised: [...promisedFacts(state)],
    ...commitmentsView(state, language),
    ...transferPart(state, language),
    ...erasureView(state, wordsFor(state, language).clock, language),
    ...homePromiseView(state, language),
    ...intakeView(state),
    ...debtView(state, language),
    tracks: tracks.map((track) => trackView(state, track, language)),
    ...(state.place && { place: state.place }),
    ...offersView(state, language),
    moves: movesOf(state),
    criticalTimeIntervention: ctiView(state, language),
    concerns: concernsView(state, language),
    alarms: alarmsView(state, language),
    waits: waits(state, language),
  };
}

/** Why the route stands still, each with a sentence; first of all that it is on hold, and which home was promised. */
export function waitsView(state: RouteState, language: Language): WaitList {
  return {
    ...holdView(state, language),
    ...homePromiseView(state, language),
    alarms: alarmsView(state, language),
    items: waits(state, language),
  };
}

function holdView(state: RouteState, language: Language): { hold?: HoldView } {
  const sentence = holdText(state, language);
  if (!state.hold || !sentence) return {};
  return { hold: { ...state.hold, sentence, nextMoveSentence: goOnText(state, language) } };
}

function transferPart(state: RouteState, language: Language): Pick<RouteView, 'transfer'> {
  const transfer = transferView(state, language);
  return transfer ? { transfer } : {};
}

function waits(state: RouteState, language: Language): Wait[] {
  return waitingsOf(state).map((waiting) => {
    const { stepId, rule, dueAt, source, ofRoute } = waiting;
    return {
      ...(!ofRoute && { stepId, track: stepOf(state, stepId).track }),
      blocker: waiting.blocker,
      waitingOn: waiting.waitingOn,
      since: waiting.since,
      ...(dueAt && { dueAt }),
      overdue: waiting.overdue,
      ...(rule && { term: source ?? sourceOf(state.rules, rule) }),
      ...(waiting.concern && { concernId: waiting.concern.concernId }),
      nextMove: waiting.nextMove,
      sentence: waitText(state, waiting, language),
      nextMoveSentence: moveText(state, waiting, language),
      ...(!waiting.concern &&
        !ofRoute && {
          ...lawfulMoves(state, stepId, language),
          ...falls(state, stepId, language),
        }),
    };
  });
}

function lawfulMoves(state: RouteState, stepId: StepId, language: Language): Pick<Wait, 'moves'> {
  const { clock } = wordsFor(state, language);
  const moves = movesAbout(state, stepId).map((each) => ({
    ...each,
    sentence: lawfulMoveText(each, clock, language),
  }));
  return moves.length > 0 ? { moves } : {};
}

function falls(state: RouteState, stepId: StepId, language: Language): Pick<Wait, 'falls'> {
  const found = fallsWith(state, stepId);
  if (!found) return {};
  const steps = found.steps.map((id) => {
    const { title, party } = stepOf(state, id);
    return { stepId: id, title: title[language], party };
  });
  const atRisk = found.atRisk.map(({ id, title }) => ({ id, title: title[language] }));
  return { falls: { facts: [...found.facts], steps, atRisk, sentence: fallsText(state, found, language) } };
}

/**
 * What happened, in order, by whom.
 * @param notes - what was written with it, opened, for who may read it
 */
export function timelineView(
  state: RouteState,
  language: Language,
  notes: ReadonlyMap<TimelineRecord, string> = new Map(),
): TimelineEntry[] {
  return state.timeline.map((entry) => {
    const { at, what, by, stepId, attempt, dueAt, rule, source, reason, consent, gone } = entry;
    const note = notes.get(entry);
    // Who adds a note writes one: of lines from before it was said that a note went, this much is known.
    const isNoteGone = gone || (what === 'note-added' && !entry.note);
    return {
      at,
      what,
      by,
      ...(stepId && { stepId }),
      ...(attempt && { attempt }),
      ...(dueAt && { dueAt }),
      ...(rule && { term: source ?? sourceOf(state.rules, rule) }),
      ...inWordsOf(what, reason, language),
      ...(consent && { consent: consentInLine(consent) }),
      ...(note && { note }),
      ...(isNoteGone && { noteLeftOut: true as const }),
      sentence: happeningText(
        state,
        { what, by, ...(stepId && { stepId }), ...(reason && { reason }) },
        language,
      ),
    };
  });
}

/** What the timeline had no room for, with how many. */
export function leftOutView({ leftOut }: RouteState, language: Language): Pick<Timeline, 'leftOut'> {
  return leftOut ? { leftOut: { ...leftOut, sentence: leftOutText(leftOut, language) } } : {};
}

function trackView(state: RouteState, track: Track, language: Language): TrackView {
  const reached = stepIdsOf(state).flatMap((stepId) => {
    const record = state.steps[stepId];
    return stepOf(state, stepId).track === track && record ? [stepView(state, stepId, record, language)] : [];
  });
  const owner = ownerOf(state, track);
  return { track, status: trackStatus(state, track), ...(owner && { owner }), steps: reached };
}

function stepView(state: RouteState, stepId: StepId, record: StepRecord, language: Language): StepView {
  const { closedAt, reason, objectsTo } = record;
  const { rule, dueAt, source } = dueOf(state, record);
  return {
    stepId,
    title: stepOf(state, stepId).title[language],
    party: stepOf(state, stepId).party,
    status: record.status,
    attempt: record.attempt,
    ...(objectsTo && { objectsTo }),
    since: record.since,
    ...(dueAt && { dueAt }),
    overdue: record.overdue === true,
    ...(rule && { term: source ?? sourceOf(state.rules, rule) }),
    ...(closedAt && { closedAt }),
    ...inWords(reason, language),
  };
}
