/**
 * Watching, once for the whole process: one look a second at the store tells all who watch here, be they one or a thousand,
 * and none is made while nobody watches.
 */
import type { EventStream } from '../http/event-stream.ts';
import type { Audience } from './audience.ts';
import type { Cursor } from './cursor.ts';
import { awayText, backText, beatText, openingText, readyText, toldOf } from './events.ts';
import { Outlook, type LookAt, type Reach } from './outlook.ts';
import { Places, type Room } from './places.ts';
import { Watcher } from './watcher.ts';

/** A server gives ten answers of this kind a second to all its clients, unless it is told otherwise. */
const everyMs = 1000;
/** Proxies take a connection for dead that is silent for a minute. */
const beatEveryMs = 15_000;
/** A stream is authorised anew each day. */
const longestMs = 86_400_000;

export interface Joining {
  readonly stream: EventStream;
  readonly audience: Audience;
  /** Where the client was; left out: it hears what changes from now on. */
  readonly since: Cursor | undefined;
  /** When its token expires, in milliseconds since 1970. */
  readonly until: number | undefined;
}

export interface Watching {
  readonly reach?: Partial<Reach>;
  readonly room?: Partial<Room>;
}

/** Who waits for a look before their stream begins. */
interface Newcomer {
  readonly since: Cursor | undefined;
  readonly begin: () => void;
  readonly fail: (error: unknown) => void;
}

export class WatchHub {
  readonly places: Places;
  readonly #outlook: Outlook;
  readonly #now: () => number;
  readonly #watchers = new Set<Watcher>();
  readonly #newcomers = new Set<Newcomer>();
  #state: 'idle' | 'looking' | 'closed' = 'idle';
  /** The store answered the latest look since watching began. */
  #isCurrent = false;
  #isAway = false;
  #beganAt = -Infinity;

  constructor(look: LookAt, now: () => number, { reach, room }: Watching = {}) {
    this.#outlook = new Outlook(look, reach);
    this.#now = now;
    this.places = new Places(room);
  }

  /**
   * Waits until a stream can begin: then all is known that changed up to now, and since the cursor where that is possible.
   * @throws ApiProblem temporal-away, too-many-in-flight
   */
  async ready(since: Cursor | undefined): Promise<void> {
    if (this.#state === 'closed' || (this.#isCurrent && !this.#lacks(since))) return;
    await new Promise<void>((begin, fail) => {
      this.#newcomers.add({ since, begin, fail });
      this.#start();
    });
  }

  /** Takes a stream on, at once after `ready`. What changed since the cursor is told first. */
  join({ stream, audience, since, until = Infinity }: Joining): void {
    const watcher = new Watcher(audience, stream, () => this.#outlook.here());
    stream.write(openingText);
    if (this.#state === 'closed') {
      watcher.end('reconnect');
      return;
    }
    if (since) this.#tellSince(watcher, since);
    watcher.tell('ready', readyText(this.#outlook.here()));
    const leftMs = until - this.#now();
    const reason = leftMs < longestMs ? 'token-expired' : 'reconnect';
    const end = setTimeout(() => watcher.end(reason), Math.max(0, Math.min(leftMs, longestMs)));
    this.#watchers.add(watcher);
    stream.onEnd(() => {
      clearTimeout(end);
      this.#watchers.delete(watcher);
    });
    this.#start();
  }

  /** How many streams are open. */
  get open(): number {
    return this.#watchers.size;
  }

  /** Ends all streams: their clients find another process, or this one when it is back. */
  close(): void {
    this.#state = 'closed';
    for (const watcher of this.#watchers) watcher.end('reconnect');
    for (const { begin } of this.#newcomers) begin();
    this.#newcomers.clear();
  }

  #tellSince(watcher: Watcher, since: Cursor): void {
    const missed = this.#outlook.missed(since, this.#now());
    if (!missed) watcher.reset();
    for (const { known, id } of missed ?? [])
      // How the route was when they heard of it last is not known.
      watcher.hear(toldOf(known, id), { now: known.now, before: undefined, left: known.had });
  }

  #lacks(since: Cursor | undefined): boolean {
    return since !== undefined && this.#outlook.lacks(since, this.#now());
  }

  #start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'looking';
    void this.#run();
  }

  async #run(): Promise<void> {
    const beats = setInterval(() => this.#sayAll(beatText(this.#outlook.here())), beatEveryMs);
    while (this.#state === 'looking' && this.#watchers.size + this.#newcomers.size > 0) {
      const pauseMs = Math.max(0, this.#beganAt + everyMs - this.#now());
      // Also before the first: streams that are opened and closed in a row cause no more looks than one that stays.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (this.#state !== 'looking') break;
      this.#beganAt = this.#now();
      await this.#lookOnce(this.#beganAt);
    }
    clearInterval(beats);
    this.#isCurrent = false;
    if (this.#state === 'looking') this.#state = 'idle';
  }

  async #lookOnce(at: number): Promise<void> {
    const waiting = [...this.#newcomers];
    const wanted = waiting.filter(({ since }) => this.#lacks(since)).map(({ since }) => since!.before);
    try {
      const { news, lost } = await this.#outlook.look(at, Math.min(...wanted));
      this.#setAway(false);
      if (lost) for (const watcher of this.#watchers) watcher.reset();
      for (const told of news.map((known) => toldOf(known, this.#outlook.idOf(known))))
        for (const watcher of this.#watchers) watcher.hear(told);
      this.#isCurrent = true;
    } catch (error) {
      this.#setAway(true);
      this.#isCurrent = false;
      for (const newcomer of waiting) if (this.#newcomers.delete(newcomer)) newcomer.fail(error);
      return;
    }
    for (const newcomer of this.#newcomers)
      if (!this.#lacks(newcomer.since) && this.#newcomers.delete(newcomer)) newcomer.begin();
  }

  #setAway(isAway: boolean): void {
    if (isAway !== this.#isAway) this.#sayAll(isAway ? awayText : backText);
    this.#isAway = isAway;
  }

  #sayAll(text: string): void {
    for (const watcher of this.#watchers) watcher.say(text);
  }
}
