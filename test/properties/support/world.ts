/**
 * The world around one route: its runs one after the other, the partners who take requests in and answer, people who
 * give commands, and a calendar. All of it is plain and deterministic: the same moves give the same route.
 */
import type { CommandEnvelope } from '../../../domain/command.ts';
import type { PartnerNews } from '../../../domain/news.ts';
import type { Judgement } from '../../../domain/partner-news.ts';
import type { RouteState } from '../../../domain/route-state.ts';
import { outflowRoute } from '../../../workflows/outflow-route.ts';
import type { Checks } from './checks.ts';
import { OneRun, type Answer, type Asked, type Job } from './one-run.ts';
import { expectedReceipt } from './receipt-model.ts';

/** A failed activity: the partner rejects the request, or nobody took a message for a day. */
export type Fate = 'arrives' | 'is-lost' | 'is-rejected';

const rollOversAtMost = 20;

export class World {
  run = new OneRun();
  runs = 0;
  now: number;
  /** Whether partners take in at once what they are sent. */
  partnersUp = true;
  /** Keys of the requests that partners have. */
  readonly taken = new Set<string>();
  readonly told: PartnerNews[] = [];
  readonly ordered: CommandEnvelope[] = [];
  readonly checks: Checks;
  readonly #finished: { run: OneRun; state: string }[] = [];

  private constructor(checks: Checks, now: string) {
    this.checks = checks;
    this.now = Date.parse(now);
  }

  static async start(checks: Checks, state: RouteState): Promise<World> {
    const world = new World(checks, state.startedAt);
    await world.#begin({ state, leavesTraces: true });
    await world.letPartnersAnswer();
    return world;
  }

  get state(): RouteState {
    return this.run.query('routeState') as RouteState;
  }

  get closed(): boolean {
    return this.run.outcome !== undefined && 'closed' in this.run.outcome;
  }

  /** Tells the route partner news, and checks its receipt. */
  async tell(news: PartnerNews, by: 'update' | 'signal'): Promise<void> {
    const before = this.state;
    const expected = expectedReceipt(before, news, this.checks.judged);
    const name = by === 'update' ? 'partnerNews' : 'partnerNewsQueued';
    if (this.closed) return; // the server answers for a closed workflow
    const answer = await this.#happens({ kind: by, name, input: wire(news) });
    this.told.push(news);
    const judgement = by === 'update' ? (answer as { done: Judgement }).done : undefined;
    this.checks.heard({ before, after: this.state, news, expected, judgement });
    await this.letPartnersAnswer();
  }

  /** Tells something that is no news at all, or of a kind that nobody has heard of: by an Update it has its receipt too. */
  async tellGarbage(input: unknown, by: 'update' | 'signal'): Promise<void> {
    if (this.closed) return;
    const name = by === 'update' ? 'partnerNews' : 'partnerNewsQueued';
    const answer = await this.#happens({ kind: by, name, input });
    if (by === 'update') this.checks.heardGarbage((answer as { done?: Judgement }).done);
    await this.letPartnersAnswer();
  }

  /** Gives a command, as the API does: a refusal by the validator leaves no trace. */
  async order(envelope: CommandEnvelope): Promise<Answer> {
    if (this.closed) return { refused: 'closed', kind: 'route-closed' };
    const before = this.state;
    const refused = this.run.validate(this.now, 'command', wire(envelope));
    const answer =
      refused ?? (await this.#happens({ kind: 'update', name: 'command', input: wire(envelope) }));
    this.checks.ordered({
      before,
      after: this.state,
      envelope,
      answer,
      known: this.ordered,
      isAccepted: refused === undefined,
    });
    if ('done' in answer) this.ordered.push(envelope);
    await this.letPartnersAnswer();
    return answer;
  }

  /**
   * Lets time go by.
   * @param late - no worker is there meanwhile: every timer that came due fires at the end
   */
  async until(moment: number, late = false): Promise<void> {
    for (let fired = 0; fired < 2000; fired += 1) {
      const due = this.nextTimer();
      if (this.closed || !due || due.at > moment) break;
      this.now = late ? moment : Math.max(this.now, due.at);
      await this.#happens({ kind: 'timer', seq: due.seq });
      await this.letPartnersAnswer();
    }
    this.now = Math.max(this.now, moment);
    if (!late && !this.closed) this.checks.timePassed(this.state, this.now, this.nextTimer()?.at ?? Infinity);
  }

  nextTimer(): { seq: number; at: number } | undefined {
    const timers = [...this.run.timers].map(([seq, { at }]) => ({ seq, at }));
    return timers.sort((a, b) => a.at - b.at || a.seq - b.seq)[0];
  }

  /** What is on its way to a partner arrives, gets lost (and is sent again), or is rejected for good. */
  async deliver(asked: Asked, fate: Fate): Promise<void> {
    const key = keyOf(asked);
    if (fate !== 'is-rejected' && asked.name.endsWith('.request')) this.taken.add(key);
    if (fate === 'is-lost') return; // the partner has it, the route does not know: the activity tries again
    const job = { kind: 'activity', seq: asked.seq, local: asked.local } as const;
    await this.#happens(
      fate === 'arrives'
        ? { ...job, result: asked.name.endsWith('.request') ? key : undefined }
        : { ...job, failure: 'PartnerRejected' },
    );
  }

  async letPartnersAnswer(): Promise<void> {
    await this.#endTask();
    while (this.partnersUp && !this.closed) {
      const next = [...this.run.activities.values()][0];
      if (!next) return;
      await this.deliver(next, 'arrives');
    }
  }

  /** What is asked within a workflow task is answered within it, or not at all. */
  async #endTask(): Promise<void> {
    for (;;) {
      const local = [...this.run.activities.values()].find((asked) => asked.local);
      if (!local || this.closed) return;
      await this.deliver(local, this.partnersUp ? 'arrives' : 'is-rejected');
    }
  }

  /** The run has used up its history: the route continues as new at its next quiet moment. */
  async spendHistory(): Promise<void> {
    if (!this.closed) await this.#happens({ kind: 'history', length: 1500 });
  }

  /** Operations ask for a new run at once. */
  async rollOver(): Promise<void> {
    if (this.closed) return;
    const before = this.state;
    await this.#happens({ kind: 'signal', name: 'rollOver', input: undefined });
    this.checks.wentOn(before, this.state);
    await this.letPartnersAnswer();
  }

  /** The worker dies, and another takes the run over: it is rebuilt of what entered it. */
  async crash(): Promise<void> {
    this.run = await this.#replayed(this.run, JSON.stringify(this.state));
  }

  /** Replays every run of the route. */
  async replayAll(): Promise<void> {
    for (const { run, state } of this.#finished) await this.#replayed(run, state);
    await this.#replayed(this.run, JSON.stringify(this.state));
  }

  async #replayed(run: OneRun, state: string): Promise<OneRun> {
    const again = new OneRun();
    for (const { at, job } of run.log) await again.activate(at, job);
    this.checks.replayed({ run, again, state });
    return again;
  }

  async #begin(input: unknown): Promise<void> {
    this.runs += 1;
    this.run = new OneRun();
    this.checks.newRun();
    const job: Job = { kind: 'start', workflow: outflowRoute, input: wire(input) };
    const answer = await this.run.activate(this.now, job);
    this.checks.activated({ before: undefined, after: this.state, run: this.run, job, answer });
    await this.#goOn();
    await this.#endTask();
  }

  async #happens(job: Job): Promise<Answer> {
    const before = this.state;
    const { run } = this;
    const asked = run.commands.length;
    const answer = await run.activate(this.now, job);
    this.checks.activated({ before, after: this.state, run, job, answer });
    this.checks.traced(job, run.outcome !== undefined || run.commands.length > asked);
    await this.#goOn();
    if (job.kind !== 'activity') await this.#endTask();
    return answer;
  }

  /** The next run begins as soon as this one continued as new; what was on its way arrives or not. */
  async #goOn(): Promise<void> {
    const { outcome } = this.run;
    if (!outcome || !('continued' in outcome)) return;
    this.#finished.push({ run: this.run, state: JSON.stringify(this.state) });
    this.checks.continued(outcome.continued, this.runs, rollOversAtMost, this.now);
    for (const asked of this.run.activities.values())
      if (asked.seq % 2 === 0 && asked.name.endsWith('.request')) this.taken.add(keyOf(asked));
    await this.#begin(outcome.continued);
  }
}

/** As it comes out at the other end. */
const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The key under which something is sent. */
export function keyOf({ input }: Asked): string {
  const { requestId, key } = input as { requestId?: string; key?: string };
  return requestId ?? key ?? '';
}
