/** What people do in a scenario besides what the route waits for: hold, ask again, record skills, hand over, and so on. */
import { z } from 'zod';
import {
  AdoptRulesBody,
  CaseManagerBody,
  ClosureBody,
  CompleteBody,
  ExcludedAreasBody,
  ObjectionBody,
  ReasonBody,
  ReopenBody,
} from '../../contracts/commands.ts';
import { ConcernBody, ConcernKind, ConcernOutcome, ConcernOwner } from '../../contracts/concern.ts';
import { ConsentBody, ConsentParty } from '../../contracts/consent.ts';
import { BeginStepBody } from '../../contracts/debt-progress.ts';
import { FreeText } from '../../contracts/free-text.ts';
import { HousingTrainingBody, HousingWishBody, SkillsBody } from '../../contracts/housing-match.ts';
import { Municipality, StepIdText, SubjectId } from '../../contracts/ids.ts';
import { AcceptTransferBody, DeclineTransferBody, TransferBody } from '../../contracts/transfer.ts';
import { HoldKind, Stage as RouteStage, Track } from '../../contracts/vocabulary.ts';
import { refusedAt, type Call, type Found, type Move } from './moves.ts';
import { Span, type Later } from './span.ts';

/** From when on somebody does it. */
const When = z
  .strictObject({
    stage: RouteStage.optional().describe('Once the route is in this stage'),
    step: StepIdText.optional().describe('Once this step is as `is` says'),
    is: z
      .enum(['open', 'blocked', 'refused', 'technical', 'overdue', 'done'])
      .optional()
      .describe('Left out: open'),
    attempt: z.int().positive().optional().describe('Left out: whichever'),
    after: Span.optional().describe(
      'So long after that; where neither stage nor step is named, after the start',
    ),
  })
  .refine(({ stage, step, after }) => (stage ?? step ?? after) !== undefined, 'names no stage, step or time')
  .refine(
    ({ stage, step }) => stage === undefined || step === undefined,
    'names a stage and a step: choose one',
  )
  .refine(({ step, is, attempt }) => step !== undefined || (is ?? attempt) === undefined, {
    path: ['step'],
    error: 'is needed with is and attempt',
  });

const By = z.strictObject({
  role: z.enum(['case-manager', 'process-director']),
  subject: SubjectId,
  municipality: Municipality.optional().describe('Left out: the one that has the route'),
});
const common = {
  when: When,
  by: By.optional().describe("Left out: the route's case manager, as the scenario began with"),
};
const act = <const D extends string, S extends z.ZodRawShape>(kind: D, { shape }: z.ZodObject<S>) =>
  z.strictObject({ do: z.literal(kind), ...common, ...shape });
const OfStep = z.strictObject({ step: StepIdText });

export const Act = z.discriminatedUnion('do', [
  act('skills', SkillsBody),
  act('housing-wish', HousingWishBody),
  act('excluded-areas', ExcludedAreasBody),
  act('housing-training', HousingTrainingBody),
  act('consent', z.strictObject({ party: ConsentParty }).extend(ConsentBody.shape)),
  act('concern', ConcernBody),
  act(
    'settle-concern',
    z.strictObject({
      kind: ConcernKind,
      outcome: ConcernOutcome,
      track: Track.optional(),
      from: StepIdText.optional(),
      owner: ConcernOwner.optional(),
      reason: FreeText,
    }),
  ),
  act('hold', z.strictObject({ for: Span.optional(), kind: HoldKind.optional(), reason: FreeText })),
  act('go-on', z.strictObject({})),
  act('begin', OfStep.extend(BeginStepBody.shape)),
  act('redo', OfStep.extend(ReasonBody.shape)),
  act('skip', OfStep.extend(ReasonBody.shape)),
  act('complete', OfStep.extend(CompleteBody.shape)),
  act('object', OfStep.extend(ObjectionBody.shape)),
  act('hand-over', CaseManagerBody),
  act('reopen', ReopenBody),
  act('adopt-rules', AdoptRulesBody),
  act('ask-commitments', ReasonBody),
  act('transfer', TransferBody.omit({ from: true })),
  act('accept-transfer', AcceptTransferBody),
  act('decline-transfer', DeclineTransferBody),
  act('take-back-transfer', z.strictObject({})),
  act('close', ClosureBody),
]);
export type Act = z.infer<typeof Act>;

/** The acts of a scenario whose time is known; each is done once. */
export function actMoves(acts: readonly Act[], found: Found, later: Later): Move[] {
  return acts.flatMap((each, i): Move[] => {
    const since = sinceWhen(each.when, found);
    if (since === undefined || !canAct(each, found)) return [];
    const { after } = each.when;
    const at = after === undefined ? since : later(since, after);
    const key = `act-${i + 1}-${each.do}`;
    const call = { ...callOf(each, at, { later, found }), key, by: each.by };
    return [{ key, at, make: (stage) => stage.call(call) }];
  });
}

/** Since when it is as an act waits for; undefined while it is not. */
function sinceWhen({ stage, step, is = 'open', attempt }: Act['when'], found: Found): string | undefined {
  const { route } = found;
  if (stage !== undefined) return route.stage === stage ? route.stageSince : undefined;
  if (step === undefined) return route.startedAt;
  const record = route.tracks.flatMap(({ steps }) => steps).find(({ stepId }) => stepId === step);
  if (!record || (attempt !== undefined && record.attempt !== attempt)) return undefined;
  if (is === 'overdue') return record.overdue && record.status === 'open' ? record.dueAt : undefined;
  if (record.status !== is) return undefined;
  if (is === 'refused') return refusedAt(found, step) ?? record.since;
  return is === 'done' ? (record.closedAt ?? record.since) : record.since;
}

/** A concern is settled once it is open. */
const canAct = (act: Act, found: Found): boolean =>
  act.do !== 'settle-concern' || openConcern(act.kind, found) !== undefined;

const openConcern = (kind: ConcernKind, { route }: Found) =>
  route.concerns.find((each) => each.kind === kind && each.outcome === undefined);

/** The call to the API that an act is. */
function callOf(
  act: Act,
  at: string,
  { later, found }: { later: Later; found: Found },
): Pick<Call, 'method' | 'path' | 'body'> {
  switch (act.do) {
    case 'hold':
      return {
        method: 'POST',
        path: '/hold',
        body: { ...without(act, 'for'), ...(act.for && { until: later(at, act.for) }) },
      };
    case 'transfer':
      return { method: 'POST', path: '/transfer', body: { ...without(act), from: at.slice(0, 10) } };
    case 'take-back-transfer':
      return { method: 'DELETE', path: '/transfer' };
    case 'go-on':
      return { method: 'DELETE', path: '/hold' };
    case 'begin':
    case 'redo':
    case 'skip':
    case 'complete':
      return { method: 'POST', path: `/steps/${act.step}/${act.do}`, body: without(act, 'step') };
    case 'object':
      return { method: 'POST', path: `/steps/${act.step}/objection`, body: without(act, 'step') };
    case 'settle-concern': {
      const path = `/concerns/${openConcern(act.kind, found)?.concernId}/settle`;
      return { method: 'POST', path, body: without(act, 'kind') };
    }
    case 'consent':
      return { method: 'PUT', path: `/consents/${act.party}`, body: without(act, 'party') };
    case 'skills':
    case 'housing-wish':
    case 'excluded-areas':
    case 'hand-over':
    case 'adopt-rules':
      return { method: 'PUT', path: paths[act.do], body: without(act) };
    case 'concern':
    case 'housing-training':
    case 'reopen':
    case 'ask-commitments':
    case 'accept-transfer':
    case 'decline-transfer':
    case 'close':
      return { method: 'POST', path: paths[act.do], body: without(act) };
  }
}

const paths = {
  concern: '/concerns',
  skills: '/skills',
  'housing-wish': '/housing-wish',
  'excluded-areas': '/excluded-areas',
  'hand-over': '/case-manager',
  'adopt-rules': '/rule-set',
  'housing-training': '/housing-training',
  reopen: '/reopenings',
  'ask-commitments': '/commitments',
  'accept-transfer': '/transfer/accept',
  'decline-transfer': '/transfer/decline',
  close: '/closure',
} as const;

/** What of an act is the body of its call: all but what says who does it, and when. */
function without(act: Act, ...more: readonly string[]): object {
  const ours = new Set(['do', 'when', 'by', ...more]);
  return Object.fromEntries(Object.entries(act).filter(([name]) => !ours.has(name)));
}
