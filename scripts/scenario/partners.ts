/** How partners behave towards the route of a scenario, with delays in calendar time. */
import { z } from 'zod';
import type { RouteView } from '../../contracts/views.ts';
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { breachOf } from '../../simulator/answers.ts';
import { Behaviour, behaviourFor, Mode, sendsNothing, type Asked } from '../../simulator/behaviours.ts';
import { Span, type Later } from './span.ts';
import type { Found, Move } from './moves.ts';

/** A partner that only acts when it is told to: the simulator's own timer must never come first. */
export const NEVER_BY_ITSELF_MS = 1_000_000_000;

const answering = ['normal', 'refusing', 'duplicate', 'out-of-order', 'breaking'];

/** One rule of a scenario; of those that fit, the most specific one holds, as at the simulator. */
export const PartnerRule = Behaviour.omit({ routeId: true, delayMs: true })
  .extend({
    mode: Mode.exclude(['slow']).describe(
      '`refusing` also declines a commitment; `silent` never answers; `breaking` takes a commitment back',
    ),
    times: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe('For the first attempts of the step, so many; then as usual'),
    after: Span.optional().describe(
      'How long the partner takes; of `breaking`, how long after all have committed. Left out: no time',
    ),
  })
  .refine(({ times, attempt }) => times === undefined || attempt === undefined, {
    path: ['times'],
    error: 'is in place of attempt',
  })
  .refine(({ times, stepId }) => times === undefined || stepId !== undefined, {
    path: ['times'],
    error: 'needs a stepId',
  })
  .refine(({ after, mode }) => after === undefined || answering.includes(mode), {
    path: ['after'],
    error: `is for ${answering.join(', ')}`,
  });
export type PartnerRule = z.infer<typeof PartnerRule>;

type Timed = Behaviour & { readonly after?: Span | undefined };

/** The rules of a scenario, one for each attempt where they say how many times. */
function timed(rules: readonly PartnerRule[]): Timed[] {
  return rules.flatMap(({ times, ...rule }) =>
    times === undefined ? [rule] : Array.from({ length: times }, (_, i) => ({ ...rule, attempt: i + 1 })),
  );
}

/**
 * Who makes partners answer: they do by themselves, or each of them once it is told to. On the server on which months
 * pass in a moment they have to be told: an answer that overtakes the completion of its request wedges a workflow there.
 */
export type Answering = 'by-themselves' | 'when-told';

/** These are about how a request is taken in, and their own time belongs to that. */
const ofTheCall = new Set<Mode>(['down', 'rejecting', 'silent']);

/** After how long a partner that has to be told is told; undefined for one that answers by itself, or never. */
function toldAfter({ mode, after }: Timed, answering: Answering): Span | undefined {
  if (ofTheCall.has(mode)) return undefined;
  // A promise is given at once, whenever it is taken back.
  const own = mode === 'breaking' ? undefined : after;
  return own ?? (answering === 'when-told' ? 'P0D' : undefined);
}

/** The rules as the simulator takes them, for one route. */
export function behavioursOf(
  rules: readonly PartnerRule[],
  routeId: string,
  answering: Answering = 'by-themselves',
): Behaviour[] {
  const waiting = { delayMs: NEVER_BY_ITSELF_MS };
  const own = timed(rules).map(({ after, ...rule }): Behaviour => {
    const isTold = toldAfter({ ...rule, after }, answering) !== undefined;
    const mode = rule.mode === 'breaking' ? 'normal' : rule.mode;
    return { ...rule, mode, routeId, ...(isTold && waiting) };
  });
  return answering === 'by-themselves' ? own : [...own, { routeId, mode: 'normal', ...waiting }];
}

/** What a partner is asked at this moment. */
interface Open extends Asked {
  readonly since: string;
}

/** Every request of the route that waits for a partner: of its steps, and of the round that asks for commitments. */
function openRequests({ routeId, tracks, rounds }: RouteView): Open[] {
  const ofSteps = tracks
    .flatMap(({ steps }) => steps)
    .filter(({ status }) => status === 'open')
    .map(({ stepId, attempt, party, since }) => ({
      requestId: `${routeId}:${stepId}:${attempt}`,
      routeId,
      party: party as PartnerParty,
      stepId,
      since,
    }));
  const ofRounds = rounds
    .filter(({ status }) => status === 'asking')
    .flatMap(({ nr, askedAt, commitments }) =>
      commitments
        .filter(({ answer }) => answer === undefined)
        .map(({ party }) => ({
          requestId: `${routeId}:commitment.${party}:${nr}`,
          routeId,
          party: party as PartnerParty,
          stepId: `commitment.${party}`,
          since: askedAt,
        })),
    );
  return [...ofSteps, ...ofRounds].filter(({ party }) => PartnerParty.safeParse(party).success);
}

/** What partners do at some moment: answer after their time, and take a promise back. */
export function partnerMoves(
  rules: readonly PartnerRule[],
  found: Found,
  { later, answering }: { later: Later; answering: Answering },
): Move[] {
  const { route } = found;
  const all = timed(rules);
  const answers = openRequests(route).flatMap(({ since, ...asked }): Move[] => {
    const after = toldAfter(behaviourFor(all, asked), answering);
    const { requestId } = asked;
    if (after === undefined) return [];
    const at = later(since, after);
    const isTakenIn = knowsOfRequest(found, requestId);
    return [{ key: `answer-${requestId}`, at, make: (stage) => stage.partnerAnswers(requestId, isTakenIn) }];
  });
  const broken = route.rounds
    .filter(({ status }) => status === 'active')
    .flatMap(({ nr, activeSince, commitments }) =>
      commitments
        .filter(({ keptAt }) => keptAt === undefined)
        .flatMap(({ party: named }): Move[] => {
          const party = named as PartnerParty;
          const requestId = `${route.routeId}:commitment.${party}:${nr}`;
          const asked = { requestId, routeId: route.routeId, party, stepId: `commitment.${party}` };
          const { after = 'P1D', mode }: Timed = behaviourFor(all, asked);
          if (mode !== 'breaking') return [];
          const at = later(activeSince!, after);
          const event = breachOf(asked, at);
          return [{ key: `break-${requestId}`, at, make: (stage) => stage.partnerTells(party, event) }];
        }),
    );
  return [...answers, ...broken];
}

/** Whether the timeline says that the partner has its request; a long one leaves that out, and of commitments it never does. */
function knowsOfRequest({ items }: Found, requestId: string): boolean {
  const [, stepId, attempt] = requestId.split(':');
  return items.some(
    (entry) =>
      entry.what === 'request-accepted' && entry.stepId === stepId && entry.attempt === Number(attempt),
  );
}

/**
 * Whether some partner is about to answer by itself.
 * @param made - keys of moves that were made: a partner that was told to answer does so in a moment
 */
export function isAnsweredSoon(
  rules: readonly PartnerRule[],
  route: RouteView,
  made: ReadonlySet<string>,
): boolean {
  const all = timed(rules);
  return openRequests(route).some((asked) => {
    const rule: Timed = behaviourFor(all, asked);
    if (sendsNothing(rule) || rule.mode === 'rejecting') return false;
    const isUntold = rule.after !== undefined && rule.mode !== 'breaking' && rule.after !== 'P0D';
    return !isUntold || made.has(`answer-${asked.requestId}`);
  });
}
