/** Notices about a route as a whole: to who owns it, or to another municipality. */
import type { RouteNotice, RouteNoticeKind } from './outbox.ts';
import { isPassed, isRunning, type RouteState } from './route-state.ts';
import { erasureRule, normOf } from './rules.ts';
import type { StepId } from './steps.ts';
import { stepIdsOf } from './template.ts';

/** To whom a notice goes; left out: who owns the route. */
type Addressee = Pick<RouteNotice, 'municipality' | 'recipient'>;

/** Leaves a notice. An earlier one of the same matter that still waits for the same reader has nothing left to say. */
export function told(state: RouteState, kind: RouteNoticeKind, to: Addressee = {}): RouteState {
  const matter = matterOf(kind);
  const others = state.outbox.filter(
    (each) =>
      each.what !== 'route-notice' ||
      matterOf(each.key) !== matter ||
      each.municipality !== to.municipality ||
      each.recipient !== to.recipient,
  );
  const notice: RouteNotice = { what: 'route-notice', key: `${kind}:${state.revision}`, ...to };
  return { ...state, outbox: [...others, notice] };
}

const matterOf = (key: string): string => key.slice(0, key.indexOf('-'));

/** Whether a notice is about a transfer, and no absence. */
export const isOfTransfer = ({ key }: Pick<RouteNotice, 'key'>): boolean => matterOf(key) === 'transfer';

/** What a notice says, from how the route is when it is sent. */
export function contentOf(
  state: RouteState,
  { key, municipality, recipient }: RouteNotice,
): {
  readonly kind: string;
  readonly to: 'case-manager' | 'process-director';
  readonly recipient: string;
  readonly municipality: string;
  readonly stepId: StepId;
  readonly dueAt: string;
  readonly rule: string;
} {
  const kind = key.slice(0, key.indexOf(':'));
  return {
    kind,
    to: municipality && !recipient ? 'process-director' : 'case-manager',
    recipient: recipient ?? municipality ?? state.caseManager,
    municipality: municipality ?? state.municipality,
    stepId: stepUnderWay(state),
    ...datedBy(state, kind),
  };
}

/** The date that a notice names, and which rule set it. */
function datedBy(state: RouteState, kind: string): { readonly dueAt: string; readonly rule: string } {
  const { transfer, erasure, hold, changedAt } = state;
  if (matterOf(kind) === 'transfer')
    return { dueAt: transfer?.dueAt ?? changedAt, rule: 'transfer.acceptance' };
  if (matterOf(kind) === 'erasure') return { dueAt: erasure?.dueAt ?? changedAt, rule: erasureRule };
  return { dueAt: hold?.until ?? changedAt, rule: basisOf(state, kind) };
}

function basisOf(state: RouteState, kind: string): string {
  if (kind === 'benefit-in-detention') return detentionBasis;
  const norm = state.hold?.kind === 'detained' ? 'absence.detention' : 'absence.disappearance';
  return normOf(state.rules, norm)?.basis ?? norm;
}

/** Who is in detention has no right to a benefit. */
export const detentionBasis = 'Participatiewet art. 13(1)(a)';

/** Where the route is now: its first step that is under way, for what is about the route as a whole. */
export function stepUnderWay(state: RouteState): StepId {
  const ids = stepIdsOf(state);
  const first = (which: (id: StepId) => boolean | undefined) => ids.find(which);
  return (
    first((id) => state.steps[id] && isRunning(state.steps[id])) ??
    first((id) => state.steps[id]?.status === 'blocked') ??
    ids.findLast((id) => isPassed(state.steps[id])) ??
    'intake.identity'
  );
}
