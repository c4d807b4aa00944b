/** What always holds of a route, whatever happens to it in whatever order: each with a name, each counted. */
import { isDeepStrictEqual } from 'node:util';
import type { CommandEnvelope } from '../../../domain/command.ts';
import { commandsKept } from '../../../domain/commands.ts';
import { areasKept } from '../../../domain/excluded-areas.ts';
import { SEEN_LENGTH } from '../../../domain/concern-record.ts';
import { concernsKept, concernsOf, openConcernsOf } from '../../../domain/concerns.ts';
import { factsOf, missingFacts } from '../../../domain/facts.ts';
import { isTripartite } from '../../../domain/lease.ts';
import { RECORD_LENGTH } from '../../../domain/contact-record.ts';
import { contactsKept } from '../../../domain/contacts.ts';
import { movesKept } from '../../../domain/moves.ts';
import type { PartnerNews } from '../../../domain/news.ts';
import { newsKept } from '../../../domain/known-news.ts';
import { lodgeBy } from '../../../domain/objection-term.ts';
import { offersKept } from '../../../domain/offers.ts';
import type { Judgement } from '../../../domain/partner-news.ts';
import { isOfId } from '../../../domain/short-id.ts';
import { receiptsKept } from '../../../domain/receipts.ts';
import { SHORT_ID_LENGTH } from '../../../domain/short-id.ts';
import type { RouteState, StepRecord } from '../../../domain/route-state.ts';
import { waitingsOf } from '../../../domain/standing.ts';
import { stepIds, steps, type StepId } from '../../../domain/steps.ts';
import { supportersKept } from '../../../domain/supporters.ts';
import { partyOf, stepOf } from '../../../domain/template.ts';
import { isHandedOver } from '../../../domain/track-owner.ts';
import { timelineKept } from '../../../domain/timeline.ts';
import { routeView, timelineView, waitsView } from '../../../domain/view.ts';
import type { Answer, Job, OneRun } from './one-run.ts';

export const invariants = [
  'a route never fails, whatever it is told',
  'nothing is asked of the server after the command that ends a run',
  'a task in which something was heard leaves an event',
  'no step is completed twice under one attempt',
  'each request has the key of its step and attempt, and a key is for one attempt alone',
  'a request that its partner accepted is not sent again',
  'who may work on a request that is off hears of it',
  'a route always has an owner',
  'a route is taken over as it stands, by whom it was offered to',
  'keys are asked for and handed over only while support stands',
  'contract and keys are asked for of the home that was accepted last',
  'a term never gets earlier, and later only by as long as a hold',
  'a statutory term goes on until somebody has answered',
  'an objection is to the refusal of a decision, and there is one to each',
  'nobody is asked for an address that the person has',
  'each moment passes on its date',
  'a replay gives the same state and asks the same of the server',
  'the state is plain JSON',
  'each piece of news gets the receipt it must have',
  'an event is applied once',
  'a second arrival changes nothing',
  'a refused command changes nothing',
  'a refused command leaves no trace',
  'a command repeated under its key changes nothing',
  'what a route remembers stays bounded',
  'whatever is open or blocked says on whom it waits, since when, and what comes next',
  'what is shown changes only under another ETag',
  'a new run goes on where the one before it stood',
  'news that waits can still be applied',
  'news that came early is applied when its step opens',
  'a concern is open until somebody has settled it, and a route does not end before',
  'from everywhere a route reaches its end',
  'a route that is completed left nothing undone that it came to',
] as const;
export type Invariant = (typeof invariants)[number];

/** An invariant does not hold. */
export class Broken extends Error {
  readonly invariant: Invariant;
  constructor(invariant: Invariant, detail: string) {
    super(`${invariant}: ${detail}`);
    this.name = 'Broken';
    this.invariant = invariant;
  }
}

const named = {
  waits: 'whatever is open or blocked says on whom it waits, since when, and what comes next',
} as const;

/** How often each invariant was looked at, and what happened on the way: a check that nothing reaches proves nothing. */
export class Tally {
  readonly counts = new Map<string, number>();
  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

/** Whether a value comes out of JSON as it went in; parts that were looked at before are not looked at again. */
class PlainJson {
  readonly #seen = new WeakSet<object>();
  is(value: unknown): boolean {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value !== 'object' || this.#seen.has(value)) return typeof value === 'object';
    const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    if (!plain || !Object.values(value).every((part) => this.is(part))) return false;
    this.#seen.add(value);
    return true;
  }
}

const passed = (record: StepRecord | undefined) => record?.status === 'done' || record?.status === 'skipped';
const running = (record: StepRecord | undefined) =>
  record?.status === 'open' || record?.status === 'refused' || record?.status === 'technical';

/** The checks over one route, with what they remember of it. */
export class Checks {
  readonly tally: Tally;
  /** Ids of all news that the route was told. */
  readonly judged = new Set<string>();
  readonly #completed = new Map<string, string>();
  readonly #applied = new Map<string, string>();
  readonly #accepted = new Set<string>();
  readonly #payloads = new Map<string, string>();
  #sentInThisRun = new Set<string>();
  readonly #early = new Set<string>();
  /** Attempts at support that its provider has ended. */
  readonly #supportEnded = new Set<number>();
  /** Statutory terms of steps that nobody has answered, under their latest attempt. */
  readonly #unanswered = new Map<StepId, StatutoryTerm>();
  readonly #plain = new PlainJson();
  #seen = 0;

  constructor(tally: Tally) {
    this.tally = tally;
  }

  that(invariant: Invariant, holds: boolean, detail: () => string): void {
    this.tally.count(invariant);
    if (!holds) throw new Broken(invariant, detail());
  }

  newRun(): void {
    this.#sentInThisRun = new Set();
    this.#seen = 0;
  }

  /** After everything that enters a run. */
  activated({ before, after, run, job, answer }: Activated): void {
    const failure =
      'broke' in answer
        ? answer.broke
        : run.outcome && 'failed' in run.outcome
          ? run.outcome.failed
          : undefined;
    this.that('a route never fails, whatever it is told', failure === undefined, () => String(failure));
    this.that(
      'nothing is asked of the server after the command that ends a run',
      run.afterEnd.length === 0,
      () => run.afterEnd.join('; '),
    );
    if (job.kind === 'activity' && typeof job.result === 'string') this.#accepted.add(job.result);
    this.#requests(after, run);
    if (before === after) return;
    this.that('the state is plain JSON', this.#plain.is(after), () => JSON.stringify(after));
    this.that('a route always has an owner', /^[a-z0-9-]+$/.test(after.caseManager), () => after.caseManager);
    if (before && before.municipality !== after.municipality) this.#takenOver(before, after);
    this.#bounds(after);
    // A run that has continued as new stands in the middle: the next one goes on at the same moment.
    if (!run.outcome) this.#waits(after);
    if (after.closedAt) this.that(named.waits, waitingsOf(after).length === 0, () => 'waits after the end');
    this.#inbox(after);
    for (const stepId of stepIds) {
      this.#step(stepId, before, after);
      this.#release(stepId, { before, after, run });
    }
    this.#concerns(before, after);
    this.#home(before, after);
    this.#address(after);
    this.#statutory(before, after);
    if (before?.revision === after.revision)
      this.that(
        'what is shown changes only under another ETag',
        isDeepStrictEqual(routeView(before, 'nl'), routeView(after, 'nl')) &&
          isDeepStrictEqual(timelineView(before, 'nl'), timelineView(after, 'nl')),
        () => difference(before, after),
      );
  }

  /** Of each kind one at a time; a later one takes no settled one back. */
  #concerns(before: RouteState | undefined, after: RouteState): void {
    const open = openConcernsOf(after);
    const ids = new Set(open.map(({ concernId }) => concernId));
    const lost = before && openConcernsOf(before).filter(({ concernId }) => !ids.has(concernId));
    const settled = concernsOf(after).filter((each) => !open.includes(each));
    this.that(
      'a concern is open until somebody has settled it, and a route does not end before',
      new Set(open.map(({ kind }) => kind)).size === open.length &&
        (lost ?? []).every(({ concernId }) => settled.some((each) => each.concernId === concernId)) &&
        (after.closedAt === undefined || open.length === 0),
      () => JSON.stringify({ before: before?.concerns, after: after.concerns }),
    );
  }

  /** What the agreement of a region says may differ in another one: its place, and whether a postal address is needed. */
  #takenOver(before: RouteState, after: RouteState): void {
    const regional = new Set<StepId>(['housing.place', 'income.postal-address']);
    const again = stepIds.filter((id) => {
      const was = before.steps[id];
      return was && !regional.has(id) && after.steps[id]?.attempt !== was.attempt;
    });
    this.that(
      'a route is taken over as it stands, by whom it was offered to',
      after.municipality === before.transfer?.to &&
        !before.transfer.status &&
        after.transfer?.sender === before.municipality &&
        again.length === 0,
      () => JSON.stringify({ again, before: before.transfer, after: after.transfer }),
    );
  }

  #step(stepId: StepId, before: RouteState | undefined, after: RouteState): void {
    const was = before?.steps[stepId];
    const is = after.steps[stepId];
    if (was === is || !is) return;
    const attempt = `${stepId}:${is.attempt}`;
    if (passed(is)) {
      const effect = `${is.status} ${is.closedAt} ${is.eventId}`;
      const first = this.#completed.get(attempt) ?? effect;
      this.that(
        'no step is completed twice under one attempt',
        first === effect,
        () => `${attempt}: ${first}, ${effect}`,
      );
      this.#completed.set(attempt, first);
      this.tally.count(`passed ${stepId}`);
    } else
      this.that(
        'no step is completed twice under one attempt',
        !this.#completed.has(attempt) && is.attempt >= (was?.attempt ?? 1),
        () => `${attempt} is ${is.status} again`,
      );
    if (is.status === 'open')
      this.that(
        'news that came early is applied when its step opens',
        !this.#early.has(attempt),
        () => attempt,
      );
    if (is.eventId) {
      const first = this.#applied.get(is.eventId) ?? attempt;
      this.that('an event is applied once', first === attempt, () => `${is.eventId}: ${first}, ${attempt}`);
      this.#applied.set(is.eventId, first);
    }
    this.#term(stepId, { before, after, was, is });
    this.#objection(stepId, was, is);
  }

  #objection(stepId: StepId, was: StepRecord | undefined, is: StepRecord): void {
    if (is.objectsTo === undefined) return;
    // A run that begins has no state before it.
    const goesOn = !was || is.objectsTo === was.objectsTo;
    const begins = was?.status === 'refused' && was.objectsTo === undefined && is.objectsTo === was.attempt;
    this.that(
      'an objection is to the refusal of a decision, and there is one to each',
      steps[stepId as keyof typeof steps].decision === true && (goesOn || begins),
      () => JSON.stringify({ stepId, was, is }),
    );
    if (is.status === 'done') this.tally.count('an objection was well-founded');
  }

  #address(state: RouteState): void {
    const { 'income.postal-address': asked, 'income.ex-officio': exOfficio } = state.steps;
    if (!exOfficio || state.ending || !factsOf(state).includes('address')) return;
    const isWanted = (record: StepRecord | undefined) => running(record) || record?.status === 'blocked';
    this.that(
      'nobody is asked for an address that the person has',
      !isWanted(asked) && !isWanted(exOfficio),
      () => JSON.stringify([asked, exOfficio]),
    );
  }

  /** Also who did not say that the request had come: it may have. The ledger is told by route. */
  #release(stepId: StepId, { before, after, run }: Pick<Activated, 'before' | 'after' | 'run'>): void {
    const was = before?.steps[stepId];
    const is = after.steps[stepId];
    const { kind, party } = stepOf(after, stepId);
    if (was === is || !was || !is || kind !== 'request' || party === 'housing-agreement') return;
    const stood = was.status === 'open' || was.status === 'technical';
    const isAnswered = (is.attempt === was.attempt && is.eventId) || is.status === 'refused';
    const wasAnswered = after.timeline.some(
      ({ what, attempt, ...of }) =>
        of.stepId === stepId &&
        attempt === was.attempt &&
        ['step-completed', 'step-refused', 'offer-made'].includes(what),
    );
    const goesOn = is.attempt === was.attempt && (is.status === 'open' || is.status === 'technical');
    if (!stood || isAnswered || wasAnswered || goesOn) return;
    const key = `${after.routeId}:${stepId}:${was.attempt}`;
    const isTold =
      after.outbox.some((each) => each.what === 'release' && each.key === key) ||
      run.commands.some((command) => command.startsWith(`${party}.release `) && command.includes(`"${key}"`));
    this.that('who may work on a request that is off hears of it', isTold, () => `${key} is ${is.status}`);
  }

  #term(
    stepId: StepId,
    {
      before,
      after,
      was,
      is,
    }: { before: RouteState | undefined; after: RouteState; was: StepRecord | undefined; is: StepRecord },
  ): void {
    if (!was?.dueAt || was.attempt !== is.attempt) return;
    const ended = after.hold === undefined ? before?.hold : undefined;
    const later = is.dueAt === undefined ? NaN : Date.parse(is.dueAt) - Date.parse(was.dueAt);
    // However late it was seen to have ended; a week on top for the end of a day, a weekend and public holidays.
    const until = ended?.until ?? after.changedAt;
    const most = ended ? Date.parse(until) - Date.parse(ended.since) + 7 * 86_400_000 : 0;
    // Repayment takes a month more for each that was missed, and is counted anew when a court has ruled.
    const isRepaid = stepId === 'debt.repayment' && before?.debtTrack !== after.debtTrack;
    const stands = isRepaid || (later >= 0 && later <= most);
    this.that(
      'a term never gets earlier, and later only by as long as a hold',
      stands,
      () => `${stepId}: ${was.dueAt}, ${is.dueAt}`,
    );
  }

  /** What is asked on the way into a home, or was done just now. */
  #home(before: RouteState | undefined, { steps: records, offers }: RouteState): void {
    const isAbout = (id: StepId) =>
      records[id]?.status === 'open' ||
      (before !== undefined && passed(records[id]) && !passed(before.steps[id]));
    const { 'housing.support': support, 'housing.contract': contract } = records;
    if (isAbout('housing.key-handover'))
      this.that(
        'keys are asked for and handed over only while support stands',
        passed(support) && !this.#supportEnded.has(support!.attempt),
        () => JSON.stringify(records['housing.key-handover']),
      );
    const home = offers.at(-1);
    const isAccepted = home?.status === 'accepted' && passed(records['housing.offer-answer']);
    const isOfHome = !passed(contract) || contract!.closedAt! >= (home?.answeredAt ?? '');
    if (isAbout('housing.contract') || isAbout('housing.key-handover'))
      this.that(
        'contract and keys are asked for of the home that was accepted last',
        isAccepted && passed(records['housing.offer']) && isOfHome,
        () => JSON.stringify([home, contract]),
      );
    const hasHome = passed(records['housing.key-handover']);
    if (home?.status === 'withdrawn' && before?.offers.at(-1)?.status === 'accepted')
      this.tally.count('accepted home withdrawn');
    if (support?.endedAt && !before?.steps['housing.support']?.endedAt && hasHome)
      this.tally.count('support ended after the keys');
  }

  /** Asking once more is no new application: it was due when it was due, and only a hold moves that. */
  #statutory(before: RouteState | undefined, after: RouteState): void {
    const stoodStill = before?.hold !== undefined && after.hold === undefined;
    for (const stepId of stepIds) {
      const was = this.#unanswered.get(stepId);
      const is = after.steps[stepId];
      if (was && stoodStill) was.stoodStill = true;
      if (!is || is.status === 'blocked' || steps[stepId].kind === 'period') continue;
      const { status, rule, dueAt, attempt, overdue = false } = is;
      const isUnanswered = status === 'open' || status === 'technical';
      if (!isUnanswered || !rule || !dueAt || after.rules.terms[rule]?.kind !== 'statutory') {
        this.#unanswered.delete(stepId);
        continue;
      }
      if (was && attempt > was.attempt) {
        this.tally.count('a statutory term went on');
        const goesOn = rule === was.rule ? dueAt === was.dueAt : dueAt <= was.dueAt;
        this.that(
          'a statutory term goes on until somebody has answered',
          (goesOn || (was.stoodStill && dueAt > was.dueAt)) && (overdue || !was.overdue),
          () => JSON.stringify({ stepId, was, is }),
        );
      }
      this.#unanswered.set(stepId, { attempt, rule, dueAt, overdue, stoodStill: false });
    }
  }

  /** After time has gone by with a worker there; what is a millisecond ahead may still come. */
  timePassed(state: RouteState, now: number, nextTimer: number): void {
    if (nextTimer <= now + 1) return;
    const hasPassed = (moment: string | undefined) => moment !== undefined && Date.parse(moment) <= now;
    const missed = stepIds.filter((id) => {
      const record = state.steps[id];
      if (!record || !running(record)) return false;
      // A refused application is due no more: it is over when nobody can object to it.
      if (id === 'intake.decision' && record.status === 'refused') return hasPassed(lodgeBy(state, record));
      if (!hasPassed(record.dueAt)) return false;
      return steps[id].kind === 'period' || !record.overdue || hasPassed(record.escalateAt);
    });
    const waiting = openConcernsOf(state).filter(({ at, status }) => status !== 'overdue' && hasPassed(at));
    const { transfer } = state;
    const isMissed =
      transfer && !transfer.status && hasPassed(transfer.dueAt) && !transfer.overdue && !state.ending;
    const isOnTime = state.hold
      ? !hasPassed(state.hold.until) && !hasPassed(state.hold.decideAt)
      : missed.length === 0 && !isMissed;
    this.that('each moment passes on its date', waiting.length === 0 && isOnTime, () =>
      JSON.stringify({
        now,
        hold: state.hold,
        transfer: state.transfer,
        missed: missed.map((id) => [id, state.steps[id]]),
      }),
    );
  }

  #requests(state: RouteState, run: OneRun): void {
    for (const command of run.commands.slice(this.#seen)) {
      const [, atOnce, party, payload] = /^(at once )?([a-z-]+)\.request (.*)$/.exec(command) ?? [];
      if (!payload) continue;
      const { requestId, stepId } = JSON.parse(payload) as { requestId: string; stepId: StepId };
      const [routeId, ofStep, attempt] = requestId.split(':');
      const isItsOwn =
        routeId === state.routeId &&
        ofStep === stepId &&
        partyOf(stepId) === party &&
        stepOf(state, stepId).kind === 'request' &&
        Number(attempt) >= 1 &&
        Number(attempt) <= state.steps[stepId]!.attempt;
      const once = this.#payloads.get(requestId) ?? stepId;
      this.#payloads.set(requestId, once);
      this.that(
        'each request has the key of its step and attempt, and a key is for one attempt alone',
        isItsOwn && once === stepId && !this.#sentInThisRun.has(`${atOnce}${requestId}`),
        () => command,
      );
      this.that(
        'a request that its partner accepted is not sent again',
        !this.#accepted.has(requestId),
        () => requestId,
      );
      this.#sentInThisRun.add(`${atOnce}${requestId}`);
    }
    this.#seen = run.commands.length;
  }

  #bounds(state: RouteState): void {
    const { known, receipts, commands, timeline, inbox, offers, outbox, moves, cti } = state;
    const requests = stepIds.filter((id) => steps[id].kind === 'request').length;
    this.that(
      'what a route remembers stays bounded',
      known.length <= newsKept * SHORT_ID_LENGTH &&
        receipts.length <= receiptsKept &&
        commands.length <= commandsKept * 24 &&
        timeline.length <= timelineKept &&
        JSON.stringify(state).length <= 65_536 &&
        offers.length <= offersKept &&
        (state.excludedAreas ?? []).length <= areasKept &&
        (state.unsafeAreas ?? []).length <= areasKept &&
        (moves?.latest.length ?? 0) <= movesKept &&
        concernsOf(state).length <= concernsKept &&
        (state.concerns?.seen ?? '').length <= 12 * SEEN_LENGTH &&
        (cti?.supporters?.length ?? 0) <= supportersKept &&
        (cti?.contacts?.latest.length ?? 0) <= contactsKept * RECORD_LENGTH &&
        inbox.length <= requests &&
        new Set(outbox.map(({ key }) => key)).size === outbox.length,
      () => JSON.stringify({ known: known.length, inbox, offers: offers.length, outbox }),
    );
  }

  #inbox(state: RouteState): void {
    const lost = state.receipts.find(
      ({ receipt, eventId }) =>
        receipt === 'early' && !state.inbox.some((waiting) => isOfId(eventId, waiting.eventId)),
    );
    this.that('news that waits can still be applied', !lost, () => `${lost!.eventId} waits nowhere`);
    // A withdrawal that overtook its offer waits for that.
    for (const { requestId } of state.inbox.filter(({ kind }) => kind !== 'offer-withdrawn')) {
      const [, stepId, attempt] = requestId!.split(':') as [string, StepId, string];
      const record = state.steps[stepId];
      const can =
        !record ||
        Number(attempt) > record.attempt ||
        (record.status === 'blocked' && Number(attempt) === record.attempt);
      this.that(
        'news that waits can still be applied',
        can || state.closedAt !== undefined,
        () => `${requestId} at ${JSON.stringify(record)}`,
      );
    }
  }

  #waits(state: RouteState): void {
    const waitings = waitingsOf(state);
    const waits = waitsView(state, 'en').items;
    // A blocked step that lacks nothing was set aside: the process is on its way to it once more.
    const standing = stepIds.filter(
      (id) =>
        !state.notNeeded.includes(steps[id].track) &&
        (running(state.steps[id]) ||
          (state.steps[id]?.status === 'blocked' && missingFacts(state, id).length > 0)),
    );
    this.that(
      named.waits,
      waits.every(({ waitingOn, since, nextMove, sentence, nextMoveSentence }) =>
        [waitingOn, since, nextMove, sentence, nextMoveSentence].every(
          (text) => text && !text.includes('undefined'),
        ),
      ) && standing.every((id) => waitings.some(({ stepId }) => stepId === id)),
      () =>
        JSON.stringify(
          standing
            .filter((id) => !waitings.some(({ stepId }) => stepId === id))
            .map((id) => [id, state.steps[id]]),
        ),
    );
    this.that(
      named.waits,
      waits.length > 0 || state.outbox.length > 0 || state.rerun === true,
      () => `${waits.length} waits at ${state.stage}`,
    );
  }

  /** An Update leaves its answer, a local activity its marker, whatever comes of it. */
  traced(job: Job, isTraced: boolean): void {
    const owes = job.kind === 'signal' || job.kind === 'timer' || (job.kind === 'activity' && !job.local);
    if (owes)
      this.that('a task in which something was heard leaves an event', isTraced, () => JSON.stringify(job));
  }

  heard({ before, after, news, expected, judgement }: Heard): void {
    if (expected.receipt === 'applied') this.tally.count(news.kind.replace('-', ' '));
    const receipt = judgement ?? after.receipts.findLast(({ eventId }) => isOfId(eventId, news.eventId));
    if (expected.receipt === 'duplicate') {
      if (judgement)
        this.that('each piece of news gets the receipt it must have', judgement.receipt === 'duplicate', () =>
          JSON.stringify({ news, judgement }),
        );
      this.that(
        'a second arrival changes nothing',
        before === after || isDeepStrictEqual(before, after),
        () => JSON.stringify(news),
      );
    } else
      this.that(
        'each piece of news gets the receipt it must have',
        receipt?.receipt === expected.receipt && receipt.reason === expected.reason,
        () => JSON.stringify({ news, expected, receipt }),
      );
    if (expected.receipt === 'early' && news.requestId)
      this.#early.add(news.requestId.slice(news.requestId.indexOf(':') + 1));
    this.judged.add(news.eventId);
    const ended = before.steps['housing.support'];
    if (news.kind === 'commitment-broken' && expected.receipt === 'applied' && ended)
      this.#supportEnded.add(ended.attempt);
    this.tally.count(`receipt ${expected.receipt} ${expected.reason ?? ''}`.trim());
  }

  /** The second time the same is told it may be known. */
  heardGarbage(judgement: Judgement | undefined): void {
    const { receipt, reason } = judgement ?? {};
    const told = `${receipt} ${reason ?? ''}`.trim();
    const may = ['late kind-unknown', 'late unreadable', 'late route-closed', 'duplicate'];
    this.that('each piece of news gets the receipt it must have', may.includes(told), () => told);
    this.tally.count(`garbage ${told}`);
  }

  ordered({ before, after, envelope, answer, known, isAccepted }: Ordered): void {
    const { kind } = envelope.command;
    this.that('a route never fails, whatever it is told', !('broke' in answer), () =>
      JSON.stringify(envelope),
    );
    if ('refused' in answer)
      this.that(
        'a refused command changes nothing',
        before === after || isDeepStrictEqual(before, after),
        () => JSON.stringify(envelope),
      );
    else if (known.some(({ id }) => id === envelope.id))
      this.that(
        'a command repeated under its key changes nothing',
        before === after || isDeepStrictEqual(before, after),
        () => JSON.stringify(envelope),
      );
    if ('refused' in answer)
      this.that('a refused command leaves no trace', !isAccepted, () => JSON.stringify(envelope));
    this.tally.count(`command ${kind} ${'refused' in answer ? String(answer.kind) : 'done'}`);
  }

  ended(state: RouteState): void {
    const { ending, steps: records, notNeeded } = state;
    if (ending !== 'completed') return;
    // Of an earlier home's lease something may be left that the home they live in does not ask for.
    const isAsked = (id: StepId) =>
      !notNeeded.includes(stepOf(state, id).track) &&
      !isHandedOver(state, id) &&
      (!stepOf(state, id).lease || isTripartite(state));
    const undone = stepIds.filter((id) => records[id]?.status === 'withdrawn' && isAsked(id));
    this.that('a route that is completed left nothing undone that it came to', undone.length === 0, () =>
      undone.join(),
    );
  }

  wentOn(before: RouteState, after: RouteState): void {
    const { rerun, ...stood } = before;
    if (!rerun)
      this.that('a new run goes on where the one before it stood', isDeepStrictEqual(stood, after), () =>
        difference(stood, after),
      );
  }

  continued(input: unknown, runs: number, atMost: number, now: number): void {
    this.tally.count('continued as new');
    this.that('the state is plain JSON', this.#plain.is(input), () => JSON.stringify(input));
    this.#rollOvers = now === this.#rolledAt ? this.#rollOvers + 1 : 0;
    this.#rolledAt = now;
    this.that(
      'a route never fails, whatever it is told',
      this.#rollOvers < atMost,
      () => `${runs} runs, one right after the other`,
    );
  }
  #rollOvers = 0;
  #rolledAt = 0;

  replayed({ run, again, state }: { run: OneRun; again: OneRun; state: string }): void {
    this.that(
      'a replay gives the same state and asks the same of the server',
      JSON.stringify(again.query('routeState')) === state && isDeepStrictEqual(again.commands, run.commands),
      () => 'another state or other commands',
    );
  }
}

function difference(a: object, b: object): string {
  const entries = new Map(Object.entries(b));
  const differs = Object.entries(a).filter(([name, value]) => !isDeepStrictEqual(entries.get(name), value));
  return JSON.stringify(differs.map(([name, value]) => [name, value, entries.get(name)]));
}

interface StatutoryTerm {
  readonly attempt: number;
  readonly rule: string;
  readonly dueAt: string;
  readonly overdue: boolean;
  /** A hold has ended since. */
  stoodStill: boolean;
}

interface Activated {
  readonly before: RouteState | undefined;
  readonly after: RouteState;
  readonly run: OneRun;
  readonly job: Job;
  readonly answer: Answer;
}

interface Heard {
  readonly before: RouteState;
  readonly after: RouteState;
  readonly news: PartnerNews;
  readonly expected: Judgement;
  readonly judgement: Judgement | undefined;
}

interface Ordered {
  readonly before: RouteState;
  readonly after: RouteState;
  readonly envelope: CommandEnvelope;
  readonly answer: Answer;
  readonly known: readonly CommandEnvelope[];
  /** The validator had nothing against it: it stands in the history. */
  readonly isAccepted: boolean;
}
