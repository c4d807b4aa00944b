/** Social exclusion is asked for at the intake, and once more after the move (Judith Wolf): a home alone ends none of it. */
import type {
  ExclusionLevel,
  SocialExclusionBody,
  SocialExclusionView,
} from '../contracts/social-exclusion.ts';
import { localDay } from './calendar.ts';
import type { CommandOf } from './command.ts';
import { hasBegun } from './cti.ts';
import { isWithoutHome } from './refused-application.ts';
import { changed, isPassed, type RouteState } from './route-state.ts';
import type { StepId } from './steps.ts';

/** Records what the person answered. The first answers stay, so that the last can be held against them. */
export function recordExclusion(
  state: RouteState,
  { answers }: CommandOf<'record-exclusion'>,
  by: string,
  now: string,
): RouteState {
  const { exclusion = [], rules } = state;
  const asked = packed(answers, localDay(now, rules.calendar));
  const first = exclusion.slice(0, 1);
  return changed(state, now, { what: 'exclusion-asked', by }, { exclusion: [...first, asked] });
}

const DAY = 10;
const levels: readonly ExclusionLevel[] = ['none', 'some', 'severe'];
const sides: readonly (keyof SocialExclusionBody)[] = ['participation', 'integration', 'material', 'access'];

/** In little room: the day, and each side as the place of its level in a list; both lists only grow at their ends. */
const packed = (answers: SocialExclusionBody, day: string): string =>
  day + sides.map((side) => levels.indexOf(answers[side])).join('');

export function exclusionView({ exclusion = [] }: RouteState): SocialExclusionView {
  return exclusion.map((asked) => ({
    askedOn: asked.slice(0, DAY),
    ...(Object.fromEntries(
      sides.map((side, i) => [side, levels[Number(asked[DAY + i])]!]),
    ) as SocialExclusionBody),
  }));
}

export interface ToAsk {
  readonly stepId: StepId;
  readonly since: string;
}

/**
 * Where it is to be asked for and was not: once the intake is over, and from the second phase of CTI on (of a route without
 * CTI from aftercare on) when it was not asked since the keys. It holds nothing up.
 */
export function exclusionToAsk({
  steps,
  exclusion = [],
  rules,
  ending,
  notNeeded,
}: RouteState): ToAsk | undefined {
  if (ending) return undefined;
  const keys = steps['housing.key-handover'];
  const settled = (['cti.try-out', 'aftercare.first-check-in'] as const).find((id) => hasBegun(steps[id]));
  if (keys?.closedAt && settled) {
    const isAsked = exclusion.some(
      (asked) => asked.slice(0, DAY) >= localDay(keys.closedAt!, rules.calendar),
    );
    return isAsked ? undefined : { stepId: settled, since: steps[settled]!.since };
  }
  const decision = steps['intake.decision'];
  const isDecided = decision?.closedAt && isPassed(decision) && !isWithoutHome({ notNeeded });
  if (exclusion.length > 0 || !isDecided) return undefined;
  return { stepId: 'intake.decision', since: decision.closedAt };
}
