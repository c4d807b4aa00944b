/** What an owner of routes is told in the morning: which of them stand still. Codes and dates, nothing personal. */
import { z } from 'zod';
import stuckDigest from './examples/stuck-digest.json' with { type: 'json' };
import { Instant, Municipality, RouteId } from './ids.ts';
import { Blocker, Health, Party, Stage } from './vocabulary.ts';

/** Why a route is in a digest; the worst first. */
export const StuckKind = z
  .enum(['technical', 'deadlocked', 'overdue', 'due-soon', 'on-hold', 'unchanged'])
  .describe(
    '`technical`: something has to be mended, or the route can not go on by itself; `on-hold`: on hold for long; `unchanged`: waits for somebody, and nothing has changed for long',
  );
export type StuckKind = z.infer<typeof StuckKind>;

const count = z.int().min(0);
const counts = z
  .strictObject({
    total: z.int().min(1),
    technical: count,
    deadlocked: count,
    overdue: count,
    'due-soon': count,
    'on-hold': count,
    unchanged: count,
  })
  .describe('Routes, each counted once: by the worst that is so');

/** One route of a digest. */
export const StuckRoute = z
  .strictObject({
    routeId: RouteId,
    municipality: Municipality,
    why: StuckKind,
    stage: Stage,
    health: Health,
    blockers: z.array(Blocker),
    waitingOn: z.array(Party),
    dueAt: Instant.optional().describe('The nearest date; in the past for what is overdue'),
    changedAt: Instant,
    link: z.url().describe('Where to look at it'),
    sentence: z.string().describe('The same in Dutch'),
  })
  .meta({ id: 'StuckRoute' });
export type StuckRoute = z.infer<typeof StuckRoute>;

/** `POST /notifications` of the service that brings notices, with `Idempotency-Key: stuck-digest:{to}:{recipient}:{day}`. */
export const StuckDigest = z
  .strictObject({
    kind: z.literal('stuck-digest'),
    to: z.enum(['case-manager', 'process-director']),
    recipient: z
      .string()
      .describe('Which one: a case manager by an opaque id, a process director by the municipality'),
    day: z.iso.date(),
    counts,
    routes: z.array(StuckRoute).describe('The worst first'),
    more: z.int().describe('How many there are besides; they are in `counts`'),
    sentence: z.string().describe('The same in Dutch'),
  })
  .meta({ id: 'StuckDigest', example: stuckDigest });
export type StuckDigest = z.infer<typeof StuckDigest>;
