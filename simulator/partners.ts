/** Who the six partners are, and in which order each does its steps. Known to the simulator alone. */
import { createHash } from 'node:crypto';
import type { StepResult } from '../contracts/partner-event.ts';
import type { PartnerParty } from '../contracts/vocabulary.ts';

const oins: Record<PartnerParty, string> = {
  'debt-service': '00000001003214345000',
  'benefits-office': '00000001003214345001',
  'civil-registry': '00000001003214345002',
  'housing-corporation': '00000001003214345003',
  'support-provider': '00000001003214345004',
  'record-system': '00000001003214345005',
};

const stepOrder: Record<PartnerParty, readonly string[]> = {
  'civil-registry': ['intake.registry-check', 'income.postal-address'],
  'debt-service': [
    'intake.debt-screening',
    'debt.registration',
    'debt.first-talk',
    'debt.stabilisation',
    'debt.plan',
    'debt.arrangement',
    'debt.discharge',
  ],
  'benefits-office': ['income.benefit'],
  'housing-corporation': ['housing.urgency', 'housing.offer', 'housing.contract', 'housing.key-handover'],
  'support-provider': [
    'intake.skills',
    'housing.support',
    'cti.pre-cti',
    'cti.transfer-meeting',
    'aftercare.first-check-in',
    'aftercare.second-check-in',
  ],
  'record-system': ['closure.file'],
};

/** What a partner finds when nothing else is asked of it. A step that is not listed has no result. */
export const usualResults: Readonly<Record<string, StepResult>> = {
  'intake.registry-check': { addressKnown: false },
  'intake.debt-screening': { debts: 'problematic' },
  'intake.skills': { missingSkills: [] },
  'debt.plan': { solution: 'debt-mediation' },
};

/** The `source` of a partner's events, under the NL GOV profile. */
export function sourceOf(party: PartnerParty): string {
  return `urn:nld:oin:${oins[party]}:systeem:${party}`;
}

/** The step this partner does after the given one, or nothing when that was its last. */
export function stepAfter(party: PartnerParty, stepId: string): string | undefined {
  const at = stepOrder[party].indexOf(stepId);
  return at < 0 ? undefined : stepOrder[party][at + 1];
}

/** A number between 0 and `below` that is always the same for the same request. */
export function steadyNumber(requestId: string, below: number): number {
  return below > 0 ? createHash('sha256').update(requestId).digest().readUInt32BE() % below : 0;
}

/** The offer's id, always the same for the same request. */
export function offerIdOf(requestId: string): string {
  return `offer-${createHash('sha256').update(requestId).digest('hex').slice(0, 16)}`;
}
