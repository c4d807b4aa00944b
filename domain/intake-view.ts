/** What the intake brought, as it is shown: codes and dates alone. */
import type { RouteView } from '../contracts/views.ts';
import { consentsView } from './consent.ts';
import { missedSignalsOf } from './missed-signals.ts';
import type { RouteState } from './route-state.ts';
import { exclusionView } from './social-exclusion.ts';
import { provisionBasis } from './temporary-provision.ts';

type Intake = Pick<
  RouteView,
  | 'intakeTerms'
  | 'identified'
  | 'missedSignals'
  | 'socialExclusion'
  | 'consents'
  | 'temporaryProvision'
  | 'decision'
>;

/** Who the person is stays sealed: that it is known is all that is shown of it. */
export function intakeView(state: RouteState): Intake {
  const { provision, report, application } = state;
  return {
    identified: state.person !== undefined,
    missedSignals: missedSignalsOf(state),
    socialExclusion: exclusionView(state),
    consents: consentsView(state),
    ...(provision && { temporaryProvision: { ...provision, basis: provisionBasis } }),
    ...decisionView(state),
    intakeTerms: {
      ...(report && { reportedAt: report.since, investigateBy: report.dueAt }),
      ...(application && { applicationReceivedAt: application.since, decideBy: application.dueAt }),
    },
  };
}

function decisionView({ decision, steps, ...state }: RouteState): Pick<RouteView, 'decision'> {
  // A route that decided before the moment was kept has it of its step.
  const decidedAt = state.decidedAt ?? steps['intake.decision']?.closedAt;
  if (!decision || !decidedAt) return {};
  const { granted, housingForm, ladderReason, reasons = [] } = decision;
  return {
    decision: {
      granted,
      ...(housingForm && { housingForm }),
      ...(ladderReason && { ladderReason }),
      reasons: [...reasons],
      decidedAt,
    },
  };
}
