/** What people do in a scenario besides what the route waits for: hold, ask again, record skills, hand over, and so on. */
import { z } from 'zod';
import {
  AdoptRulesBody,
  CaseManagerBody,
  ClosureBody,
  CompleteBody,
  ExcludedAreasBody,
  MoveBody,
  ObjectionBody,
  ReasonBody,
  ReopenBody,
  TemporaryProvisionBody,
} from '../../contracts/commands.ts';
import { ConcernBody, ConcernKind, ConcernOutcome, ConcernOwner } from '../../contracts/concern.ts';
import {
  ContactBody,
  FocusAreasBody,
  InviteSupporterBody,
  Relation,
  SupporterStatus,
} from '../../contracts/cti.ts';
import { ConsentBody, ConsentParty } from '../../contracts/consent.ts';
import { BeginStepBody } from '../../contracts/debt-progress.ts';
import { FreeText } from '../../contracts/free-text.ts';
import { HousingTrainingBody, HousingWishBody, SkillsBody } from '../../contracts/housing-match.ts';
import { Municipality, StepIdText, SubjectId } from '../../contracts/ids.ts';
import { MissedSignalsBody } from '../../contracts/missed-signals.ts';
import { SocialExclusionBody } from '../../contracts/social-exclusion.ts';
import { AcceptTransferBody, DeclineTransferBody, TransferBody } from '../../contracts/transfer.ts';
import { HoldKind, Stage as RouteStage, Track } from '../../contracts/vocabulary.ts';
import { callOf, canAct } from './act-calls.ts';
import { refusedAt, type Found, type Move } from './moves.ts';
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
    every: Span.optional().describe('Again and again, so long after each other'),
    times: z.int().min(2).max(60).optional().describe('How often, with every'),
  })
  .refine(({ stage, step, after }) => (stage ?? step ?? after) !== undefined, 'names no stage, step or time')
  .refine(
    ({ stage, step }) => stage === undefined || step === undefined,
    'names a stage and a step: choose one',
  )
  .refine(({ every, times }) => (every === undefined) === (times === undefined), {
    path: ['every'],
    error: 'and times go together',
  })
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
const { to, forced, reason } = MoveBody.shape; // on the day on which it is recorded
const OfStep = z.strictObject({ step: StepIdText });

export const Act = z.discriminatedUnion('do', [
  act('missed-signals', MissedSignalsBody),
  act('social-exclusion', SocialExclusionBody),
  act('temporary-provision', TemporaryProvisionBody),
  act('skills', SkillsBody),
  act('housing-wish', HousingWishBody),
  act('excluded-areas', ExcludedAreasBody),
  act('housing-training', HousingTrainingBody),
  act('consent', z.strictObject({ party: ConsentParty }).extend(ConsentBody.shape)),
  act('move', z.strictObject({ to, forced, reason })),
  act(
    'supporter',
    InviteSupporterBody.omit({ replaces: true }).extend({
      replaces: Relation.optional().describe('Who dropped out, and whose place this one takes'),
    }),
  ),
  act(
    'supporter-answers',
    z.strictObject({
      relation: Relation.describe('The one of this relation who still plays a part'),
      status: SupporterStatus.exclude(['invited']).optional(),
      takesPart: z.boolean().optional().describe('At the transfer'),
    }),
  ),
  act('contact', ContactBody.omit({ date: true })),
  act('focus-areas', FocusAreasBody),
  act(
    'debt-progress',
    z.strictObject({
      what: z.enum(['creditors-answered', 'repayment-missed', 'repayment-made-up']),
      asked: z.int().optional(),
      agreed: z.int().optional(),
      refused: z.int().optional(),
    }),
  ),
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

/** The acts of a scenario whose time is known, as often as each is done. */
export function actMoves(acts: readonly Act[], found: Found, later: Later): Move[] {
  return acts.flatMap((each, i): Move[] => {
    const since = sinceWhen(each.when, found);
    if (since === undefined || !canAct(each, found)) return [];
    return momentsOf(each.when, since, later).map((at, nth) => {
      const key = `act-${i + 1}-${each.do}${nth > 0 ? `-${nth + 1}` : ''}`;
      const call = { ...callOf(each, at, { later, found }), key, by: each.by };
      return { key, at, make: (stage) => stage.call(call) };
    });
  });
}

/** When an act is done: once, or so many times with a pause between. */
function momentsOf({ after, every, times = 1 }: Act['when'], since: string, later: Later): string[] {
  const moments = [after === undefined ? since : later(since, after)];
  if (every !== undefined)
    for (let left = times - 1; left > 0; left -= 1) moments.push(later(moments.at(-1)!, every));
  return moments;
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
