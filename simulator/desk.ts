/** The partners at work: they take requests in, act once, and answer in their own time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PartnerRequest } from '../contracts/partner-request.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';
import type { SendAnswer } from './answering.ts';
import { behaviourFor, sendsNothing } from './behaviours.ts';
import type { Book, Entry, Line } from './book.ts';
import { steadyNumber } from './partners.ts';

export interface DeskOptions {
  readonly book: Book;
  /** Applies a line to the book; resolves once it is on disk. */
  readonly record: (line: Line) => Promise<void>;
  readonly sendAnswer: SendAnswer;
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly log: Logger;
}

export interface Desk {
  /** Resolves once it is durable; the answer follows in its own time. */
  accept(party: PartnerParty, request: PartnerRequest): Promise<void>;
  /** Cancels an answer that has not arrived yet. */
  release(requestId: string): Promise<void>;
  /** Answers at once, also in the place of a silent partner; again when it has answered before. */
  answerNow(entry: Entry): void;
  /** Brings every open request in line with the rules as they are now. */
  reschedule(): void;
  stop(): Promise<void>;
}

interface Job {
  readonly controller: AbortController;
  isSending: boolean;
}

/** The desk of all partners over one book. */
export function createDesk({ book, record, sendAnswer, delayMs, jitterMs, log }: DeskOptions): Desk {
  const jobs = new Map<string, Job>();
  const unfinished = new Set<Promise<void>>();
  let isStopped = false;

  function begin(entry: Entry, waitMs: number): void {
    if (isStopped) return;
    const job: Job = { controller: new AbortController(), isSending: false };
    jobs.set(entry.requestId, job);
    const done = work(entry, job, waitMs).finally(() => {
      if (jobs.get(entry.requestId) === job) jobs.delete(entry.requestId);
      unfinished.delete(done);
    });
    unfinished.add(done);
  }

  async function work(entry: Entry, job: Job, waitMs: number): Promise<void> {
    const { signal } = job.controller;
    try {
      await sleep(waitMs, undefined, { signal });
      job.isSending = true;
      await sendAnswer(entry, behaviourFor(book.behaviours, entry), signal);
    } catch (cause) {
      if (signal.aborted) return;
      log.error({ requestId: entry.requestId, err: cause }, 'answering failed');
    }
  }

  function cancel(requestId: string): void {
    jobs.get(requestId)?.controller.abort();
    jobs.delete(requestId);
  }

  function schedule(entry: Entry): void {
    if (entry.effects === 0 || entry.settled || entry.released || jobs.get(entry.requestId)?.isSending)
      return;
    cancel(entry.requestId);
    const rule = behaviourFor(book.behaviours, entry);
    if (sendsNothing(rule)) return;
    const takesMs = rule.delayMs ?? delayMs + steadyNumber(entry.requestId, jitterMs);
    // A slow partner lets the call itself wait first, and its news comes as much later again.
    const dueMs = Date.parse(entry.acceptedAt ?? '') + (rule.mode === 'slow' ? 2 * takesMs : takesMs);
    begin(entry, Math.max(0, dueMs - Date.now()));
  }

  return {
    async accept(party, request) {
      const { requestId, replyTo } = request;
      const isRepeat = (book.entries.get(requestId)?.effects ?? 0) > 0;
      await record(
        isRepeat
          ? { kind: 'repeated', requestId, replyTo }
          : { kind: 'accepted', at: new Date().toISOString(), party, request },
      );
      log.info({ requestId, party }, isRepeat ? 'request repeated' : 'request taken in');
      const entry = book.entries.get(requestId);
      // An answer that is on its way stays as it is.
      if (!entry || jobs.has(requestId) || entry.released) return;
      if (!entry.settled) schedule(entry);
      else if (!sendsNothing(behaviourFor(book.behaviours, entry))) begin(entry, 0);
    },
    async release(requestId) {
      if (!book.entries.has(requestId)) return;
      cancel(requestId);
      await record({ kind: 'released', requestId });
    },
    answerNow(entry) {
      cancel(entry.requestId);
      begin(entry, 0);
    },
    reschedule() {
      for (const entry of book.entries.values()) schedule(entry);
    },
    async stop() {
      isStopped = true;
      for (const requestId of jobs.keys()) cancel(requestId);
      await Promise.all(unfinished);
    },
  };
}
