/** What a scenario says of its route, so that it is a test as well: at the end, and on days in between. */
import { z } from 'zod';
import { CtiPhase, Relation, SupporterStatus } from '../../contracts/cti.ts';
import { Municipality, StepIdText, SubjectId } from '../../contracts/ids.ts';
import type { RouteView, TimelineEntry } from '../../contracts/views.ts';
import { Health, HomePromiseStatus, Stage, Track } from '../../contracts/vocabulary.ts';
import { Span, type Later } from './span.ts';

const standing = {
  stage: Stage.optional(),
  health: Health.optional(),
  caseManager: SubjectId.optional(),
  municipality: Municipality.optional(),
  tracks: z.partialRecord(Track, z.enum(['not-started', 'running', 'done', 'not-needed'])).optional(),
  steps: z
    .record(
      StepIdText,
      z.string().regex(/^[a-z-]+( \d+)?$/, 'must be a status, such as done, or done 3: at which attempt'),
    )
    .optional(),
  falls: z
    .record(StepIdText, z.array(z.string()))
    .optional()
    .describe('What falls with a step: steps by their ids, then what else is at risk by its'),
  supporters: z
    .partialRecord(Relation, SupporterStatus)
    .optional()
    .describe('How the latest supporter of each relation stands'),
  contacts: z.partialRecord(CtiPhase, z.int().min(0)).optional().describe('How many were held, by phase'),
  alarms: z.array(z.string()).optional().describe('All alarms, in any order'),
  waitingOn: z.array(z.string()).optional().describe('All parties that the route waits on, in any order'),
};

export const Expectations = z.strictObject({
  ...standing,
  ending: z
    .string()
    .optional()
    .describe('How the route ended: completed, closed-early, not-granted, deceased, disappeared, detained'),
  closedWithin: Span.optional().describe('So long after its start at the latest'),
  homePromise: HomePromiseStatus.optional(),
  place: z
    .strictObject({ corporation: z.string(), housingForm: z.string() })
    .optional()
    .describe('The place of the housing agreement that has become a home'),
  forcedMoves: z.int().min(0).optional(),
  moves: z.int().min(0).optional(),
  happened: z
    .array(z.string())
    .optional()
    .describe('Lines of the timeline in this order, others between them: `step-completed housing.support`'),
  at: z
    .array(z.strictObject({ after: Span, ...standing }))
    .optional()
    .describe('How the route is so long after its start'),
});
export type Expectations = z.infer<typeof Expectations>;
type Standing = Partial<Pick<Expectations, keyof typeof standing>>;

/** One thing that was expected, and what there was. */
export interface Finding {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

export const holds = ({ expected, found }: Finding): boolean => expected === found;

/** The moments at which somebody has to look. */
export const momentsToLook = ({ at = [] }: Expectations, { startedAt }: RouteView, later: Later): string[] =>
  at.map(({ after }) => later(startedAt, after));

/** What was expected of a route at one of its days, and what it is. */
export function findingsAt(expected: Expectations, i: number, route: RouteView): Finding[] {
  const { after, ...rest } = expected.at![i]!;
  return standingFindings(rest, route, `at ${after}: `);
}

/** What was expected at the end of the play, and what there is. */
export function findingsAtEnd(
  expected: Expectations,
  { route, timeline, later }: { route: RouteView; timeline: readonly TimelineEntry[]; later: Later },
): Finding[] {
  const { ending, closedWithin, homePromise, place, forcedMoves, moves, happened, at: _, ...rest } = expected;
  const one = (what: string, wanted?: string | number, found?: string | number): Finding[] =>
    wanted === undefined ? [] : [{ what, expected: String(wanted), found: String(found ?? 'none') }];
  const { startedAt, closedAt } = route;
  const isInTime =
    closedWithin !== undefined && closedAt !== undefined && closedAt <= later(startedAt, closedWithin);
  return [
    ...standingFindings(rest, route, ''),
    ...one('ending', ending, route.ending),
    ...one('closedWithin', closedWithin, isInTime ? closedWithin : (closedAt ?? 'still open')),
    ...one('homePromise', homePromise, route.homePromise?.status),
    ...one('place', place && placeText(place), route.place?.realised ? placeText(route.place) : undefined),
    ...one('moves', moves, route.moves.total),
    ...one('forcedMoves', forcedMoves, route.moves.forced),
    ...(happened ? happenedFindings(happened, timeline) : []),
  ];
}

const placeText = ({ corporation, housingForm }: { corporation: string; housingForm: string }): string =>
  `${housingForm} of ${corporation}`;

function standingFindings(expected: Standing, route: RouteView, where: string): Finding[] {
  const { tracks = {}, steps = {}, falls = {}, waitingOn, ...rest } = expected;
  const { supporters = {}, contacts = {}, alarms, ...plain } = rest;
  const cti = route.criticalTimeIntervention;
  const finding = (what: string, wanted: string, found: string | undefined) => ({
    what: where + what,
    expected: wanted,
    found: found ?? 'none',
  });
  const list = (parties: readonly string[]) => parties.toSorted().join(', ') || 'nobody';
  const all = route.tracks.flatMap((track) => track.steps);
  return [
    ...(['stage', 'health', 'caseManager', 'municipality'] as const).flatMap((name) => {
      const wanted = plain[name];
      return wanted === undefined ? [] : [finding(name, wanted, route[name])];
    }),
    ...Object.entries(tracks).map(([name, wanted]) =>
      finding(`tracks.${name}`, wanted, route.tracks.find(({ track }) => track === name)?.status),
    ),
    ...Object.entries(steps).map(([stepId, wanted]) => {
      const step = all.find((each) => each.stepId === stepId);
      const found = step && (wanted.includes(' ') ? `${step.status} ${step.attempt}` : step.status);
      return finding(`steps.${stepId}`, wanted, found);
    }),
    ...Object.entries(falls).map(([stepId, wanted]) => {
      const found = route.waits.find((each) => each.stepId === stepId)?.falls;
      const fallen = found && [
        ...found.steps.map((each) => each.stepId),
        ...found.atRisk.map(({ id }) => id),
      ];
      return finding(`falls.${stepId}`, wanted.join(', '), fallen?.join(', '));
    }),
    ...Object.entries(supporters).map(([relation, wanted]) =>
      finding(
        `supporters.${relation}`,
        wanted,
        cti.supporters.findLast((each) => each.relation === relation)?.status,
      ),
    ),
    ...Object.entries(contacts).map(([phase, wanted]) =>
      finding(`contacts.${phase}`, String(wanted), String(cti.contacts.counts[phase as CtiPhase]?.held ?? 0)),
    ),
    ...(alarms ? [finding('alarms', list(alarms), list(route.alarms.map(({ alarm }) => alarm)))] : []),
    ...(waitingOn ? [finding('waitingOn', list(waitingOn), list(route.waitingOn))] : []),
  ];
}

/** The first of the lines that did not come where it should have. */
function happenedFindings(happened: readonly string[], timeline: readonly TimelineEntry[]): Finding[] {
  let from = 0;
  return happened.map((line) => {
    const [what, stepId] = line.split(' ');
    const isIt = (entry: TimelineEntry) =>
      entry.what === what && (stepId === undefined || entry.stepId === stepId);
    const at = timeline.findIndex((entry, i) => i >= from && isIt(entry));
    if (at >= 0) from = at + 1;
    const found = at >= 0 ? line : timeline.some(isIt) ? 'not in this order' : 'never';
    return { what: 'happened', expected: line, found };
  });
}
