/**
 * What the template of a target group changes of the process, as a route carries it: tracks that it does without, and
 * steps that it adds. Routes of a group that changes nothing carry none. A template that changes later changes nothing of
 * routes under way.
 */
import type { TargetGroupTemplate } from '../contracts/target-group.ts';
import type { Origin, Party, ProcessFact, Track } from '../contracts/vocabulary.ts';
import {
  isExtraStepId,
  stepIds,
  steps,
  type ExtraStepId,
  type ProcessStepId,
  type StepDefinition,
  type StepId,
} from './steps.ts';

/** A step that a template adds. Its party stands in its id. */
export interface ExtraStep extends Pick<StepDefinition, 'track' | 'kind' | 'rule' | 'needs' | 'title'> {
  /** The step that waits for it: it is met when the process comes to that one. */
  readonly before: ProcessStepId;
}

/** What else of a person's life rests on a fact, for this group: no step of the route. */
export type AtRisk = Pick<TargetGroupTemplate['atRisk'][number], 'id' | 'fact' | 'title'>;

export interface RouteTemplate {
  readonly id: string;
  readonly version: string;
  readonly without?: readonly Track[];
  /** The rules that set the terms of steps, in place of the usual ones. */
  readonly terms?: Readonly<Partial<Record<ProcessStepId, string>>>;
  readonly extra?: Readonly<Record<ExtraStepId, ExtraStep>>;
  readonly atRisk?: readonly AtRisk[];
}

/** What a route carries of a template; undefined where that changes nothing. */
export function carriedOf({
  id,
  version,
  without,
  terms,
  steps: added,
  atRisk,
}: TargetGroupTemplate): RouteTemplate | undefined {
  const extra = added.map(({ id: stepId, needs, before, track, rule, title }) => {
    const kind = partyOf(stepId as ExtraStepId) === 'calendar' ? 'period' : 'request';
    const needed = needs.length > 0 && { needs: needs as ProcessFact[] }; // refused at load: any other
    return [stepId, { track, kind, rule, title, before: before as ProcessStepId, ...needed }] as const;
  });
  const changes = {
    ...(without.length > 0 && { without }),
    ...(Object.keys(terms).length > 0 && { terms }),
    ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
    ...(atRisk.length > 0 && {
      atRisk: atRisk.map(({ id: what, fact, title }) => ({ id: what, fact, title })),
    }),
  };
  return Object.keys(changes).length > 0 ? { id, version, ...changes } : undefined;
}

/** The template of routes from a place, where nothing else is said. */
export const groupOf = (
  groups: ReadonlyMap<string, TargetGroupTemplate>,
  origin: Origin,
): TargetGroupTemplate | undefined => [...groups.values()].find(({ origins }) => origins.includes(origin));

/** Whatever has the template of its route, or none. */
export interface UnderTemplate {
  readonly template?: RouteTemplate;
}

/** What a step is in this route. @throws RangeError for an extra step that the route does not have */
export function stepOf({ template }: UnderTemplate, stepId: StepId): StepDefinition {
  const usual = ofProcess[stepId]; // looked at thousands of times for each message: no pattern is tried
  if (usual) {
    const rule = template?.terms?.[stepId as ProcessStepId];
    return rule ? { ...usual, rule } : usual;
  }
  const extra = template?.extra?.[stepId as ExtraStepId];
  if (!extra) throw new RangeError(`This route has no step ${stepId}`);
  return { ...extra, party: partyOf(stepId) };
}

const ofProcess: Readonly<Partial<Record<string, StepDefinition>>> = steps;

/** Whether a step is one of this route: each of the process is. */
export const isStepOf = ({ template }: UnderTemplate, stepId: StepId): boolean =>
  !isExtraStepId(stepId) || template?.extra?.[stepId] !== undefined;

/** Who acts in a step, by its id alone. */
export const partyOf = (stepId: StepId): Party =>
  isExtraStepId(stepId) ? (stepId.split('.')[1] as Party) : steps[stepId].party;

/** The ids of this route's steps, in the order of the process: extra ones in front of what waits for them. */
export function stepIdsOf({ template }: UnderTemplate): readonly StepId[] {
  if (!template?.extra) return stepIds;
  const ids: StepId[] = [...stepIds];
  for (const [id, { before }] of Object.entries(template.extra) as [ExtraStepId, ExtraStep][])
    ids.splice(ids.indexOf(before), 0, id);
  return ids;
}

/** The extra steps that a step of the process waits for. */
export function extraBefore({ template }: UnderTemplate, stepId: StepId): readonly ExtraStepId[] {
  const extra = Object.entries(template?.extra ?? {}) as [ExtraStepId, ExtraStep][];
  return extra.flatMap(([id, { before }]) => (before === stepId ? [id] : []));
}

/** Whether the route does without a track: for good, whatever comes to light. */
export const isWithout = ({ template }: UnderTemplate, track: Track): boolean =>
  template?.without?.includes(track) === true;
