/**
 * A partner that is away: every open route that waits on it is held, also those that come to wait later, and in the end
 * exactly those go on. Each hold ends by itself at the expected end of the outage: no route stays behind, whatever becomes of
 * this workflow. When the end is moved, the routes go on at the first one, and whoever still waits is held again.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { OperationsActivities } from '../activities/operations-activities.ts';
import type { OutageOutcome, OutagePart } from '../activities/operations-outage.ts';
import { Held, heldAtMost, outageText } from '../domain/operations/outage-held.ts';
import { waitingOn } from '../domain/operations/visibility.ts';
import {
  endOutage,
  extendOutage,
  outageStatus,
  type OutageStatus,
  type PartnerOutageInput,
} from './partner-outage.messages.ts';

const usual = { pace: { perSecond: 20, atOnce: 4 }, lookEverySeconds: 180, runEvents: 2000 } as const;
const pageSize = 500;
/** A route whose hold has ended goes on by its own timer: it is looked at a moment after that. */
const afterEndMs = 5000;
const pausesMs = { first: 5000, longest: 300_000 } as const;

/** A Cancel in the Temporal UI is the end of the outage: nobody would let the routes go on otherwise. */
export async function partnerOutage(input: PartnerOutageInput): Promise<OutageStatus> {
  const outage = new PartnerAway(input);
  void CancellationScope.current().cancelRequested.catch(() => outage.end(input.by));
  return CancellationScope.nonCancellable(() => outage.run());
}

class PartnerAway {
  readonly #input: PartnerOutageInput;
  readonly #held: Held;
  #status: OutageStatus;
  #heldUntil: string;
  #hasNews = false;

  constructor(input: PartnerOutageInput) {
    const { party, by, reason, so } = input;
    const now = new Date().toISOString();
    const { since = now, until = input.until } = so ?? {};
    if (!(until > now) && !so)
      throw ApplicationFailure.nonRetryable(
        'An outage is expected to end in the future: until',
        'OutageInThePast',
      );
    this.#input = input;
    this.#held = new Held(so?.held);
    this.#heldUntil = so?.heldUntil ?? until;
    const none = { goneOn: 0, left: 0, unreached: 0 };
    this.#status = { party, by, reason, since, until, phase: 'holding', held: this.#held.size, ...none };
    setHandler(outageStatus, () => this.#status, {
      description: 'De storing, en hoeveel routes erop wachten',
    });
    setHandler(endOutage, ({ by }) => this.end(by), {
      description: 'Storing voorbij: {"by":"ops-1"}',
      validator: (given) => this.#mustHold(given?.by),
    });
    setHandler(extendOutage, ({ until }) => this.#move({ until }), {
      description: 'Duurt langer: {"by":"ops-1","until":"2027-01-15T08:00:00.000Z"}',
      validator: (given) => this.#mustHold(given?.by, given?.until),
    });
    this.#move({});
  }

  async run(): Promise<OutageStatus> {
    while (this.#status.phase === 'holding') {
      await this.#look();
      await this.#waitForNextLook();
      await this.#nextRunIfLong();
    }
    await this.#letGo();
    await condition(allHandlersFinished);
    return this.#status;
  }

  /** What is held goes on from now on. */
  end(by: string): OutageStatus {
    return this.#move({ phase: 'letting-go', endedBy: by });
  }

  #mustHold(by: unknown, until: unknown = '9999'): void {
    const refuse = (why: string) => ApplicationFailure.nonRetryable(why, 'Refused');
    if (typeof by !== 'string' || !/^[a-z0-9][a-z0-9-]{0,31}$/.test(by))
      throw refuse('by: who are you? Such as ops-1');
    if (typeof until !== 'string' || !(until > new Date().toISOString()))
      throw refuse('until: must be in the future');
    if (this.#status.phase !== 'holding') throw refuse('The outage has ended already');
  }

  #move(status: Partial<OutageStatus>): OutageStatus {
    this.#status = { ...this.#status, ...status, held: this.#held.size };
    setCurrentDetails(outageText(this.#status));
    this.#hasNews = true;
    return this.#status;
  }

  /** Holds all routes that wait on the partner and are not held yet. */
  async #look(): Promise<void> {
    const query = waitingOn(this.#status.party);
    const counted = { left: 0, unreached: 0 };
    let page: string | undefined;
    do {
      const search = { query, pageSize, ...(page && { page }) };
      const found = await patient('Routes zoeken die wachten')['operations.find'](search);
      const others = found.routeIds.filter((routeId) => !this.#held.has(routeId));
      await this.#inParts(
        others.slice(0, heldAtMost - this.#held.size),
        'in de wacht',
        async (part, routeIds) => {
          const outcomes = await part['outage.hold'](this.#part(routeIds));
          for (const [i, outcome] of outcomes.entries()) {
            if (outcome === 'held') this.#held.add(routeIds[i]!);
            if (outcome === 'left') counted.left += 1;
            if (outcome === 'unreached') counted.unreached += 1;
          }
          this.#move(counted);
        },
      );
      page = found.next;
    } while (page && this.#status.phase === 'holding');
    this.#move(counted);
  }

  /** Until the next look, the end of the holds, or until somebody says something. */
  async #waitForNextLook(): Promise<void> {
    const { lookEverySeconds = usual.lookEverySeconds } = this.#input;
    const untilEnd = Date.parse(this.#heldUntil) - Date.now();
    this.#hasNews = false;
    const isOver = () => this.#hasNews || this.#status.phase !== 'holding';
    const withinMs = Math.max(Math.min(lookEverySeconds * 1000, untilEnd), 1);
    await condition(isOver, withinMs, { summary: `Opnieuw kijken wie op ${this.#status.party} wacht` });
    if (this.#status.phase !== 'holding' || Date.parse(this.#heldUntil) > Date.now()) return;
    await sleep(afterEndMs, { summary: 'Routes gaan vanzelf verder' });
    if (this.#status.until <= this.#heldUntil) this.end('calendar');
    else this.#holdAnew();
  }

  #holdAnew(): void {
    this.#held.clear();
    this.#heldUntil = this.#status.until;
    this.#move({});
  }

  async #letGo(): Promise<void> {
    const gone: Record<OutageOutcome, number> = { held: 0, left: 0, 'gone-on': 0, refused: 0, unreached: 0 };
    let still: readonly string[] = this.#held.all();
    for (let pauseMs: number = pausesMs.first; ; pauseMs = Math.min(pauseMs * 2, pausesMs.longest)) {
      const unreached: string[] = [];
      await this.#inParts(still, 'hervatten', async (part, routeIds) => {
        const outcomes = await part['outage.let-go'](this.#part(routeIds), this.#status.endedBy!);
        for (const [i, outcome] of outcomes.entries()) {
          if (outcome === 'unreached') unreached.push(routeIds[i]!);
          else {
            this.#held.delete(routeIds[i]!);
            gone[outcome] += 1;
          }
        }
        this.#move({ goneOn: gone['gone-on'], left: gone.left, unreached: unreached.length });
      });
      still = unreached;
      // After that they go on by themselves.
      if (still.length === 0 || Date.now() > Date.parse(this.#heldUntil)) break;
      await sleep(pauseMs, { summary: `${still.length} routes waren niet bereikbaar` });
    }
    this.#move({ phase: 'ended' });
  }

  async #inParts(
    routeIds: readonly string[],
    what: string,
    act: (activities: OperationsActivities, routeIds: readonly string[]) => Promise<void>,
  ): Promise<void> {
    for (let i = 0; i < routeIds.length; i += 50) {
      const part = routeIds.slice(i, i + 50);
      await act(patient(`${part.length} routes ${what}`), part);
    }
  }

  #part(routeIds: readonly string[]): OutagePart {
    const { party, by, reason, since } = this.#status;
    return {
      outage: { party, by, reason, since, until: this.#heldUntil },
      pace: this.#input.pace ?? usual.pace,
      routeIds,
    };
  }

  async #nextRunIfLong(): Promise<void> {
    if (this.#status.phase !== 'holding') return;
    const { runEvents = usual.runEvents } = this.#input;
    if (workflowInfo().historyLength < runEvents && !workflowInfo().continueAsNewSuggested) return;
    await condition(allHandlersFinished);
    if (this.#status.phase !== 'holding') return;
    const { since, until } = this.#status;
    const so = { since, until, heldUntil: this.#heldUntil, held: this.#held.packed() };
    await continueAsNew<typeof partnerOutage>({ ...this.#input, so });
  }
}

const patient = (summary: string) =>
  proxyActivities<OperationsActivities>({
    startToCloseTimeout: '10m',
    heartbeatTimeout: '60s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    summary,
  });
