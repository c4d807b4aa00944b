/** Signals that were missed, as codes: what a report counts for prevention (Dannenberg: ask first). Nothing personal. */
import { z } from 'zod';
import { faults } from './faults.ts';

/** Which signal. The list is our own [assumed]; a code that is there stays. */
export const MissedSignalCode = z.enum([
  'rent-arrears',
  'mortgage-arrears',
  'utilities-arrears',
  'health-insurance-arrears',
  'tax-debt',
  'debts-asked-for-help',
  'eviction-notice',
  'nuisance-report',
  'school-absence',
  'domestic-violence-report',
  'job-loss',
  'divorce',
  'bereavement',
  'discharge-from-care',
  'discharge-from-detention',
  'end-of-youth-care',
  'worry-of-others',
  'other',
]);
export type MissedSignalCode = z.infer<typeof MissedSignalCode>;

/** Who saw it or could have seen it: partners and others. */
export const SignalParty = z.enum([
  'debt-service',
  'benefits-office',
  'civil-registry',
  'housing-corporation',
  'support-provider',
  'landlord',
  'utility-company',
  'health-insurer',
  'tax-office',
  'employer',
  'school',
  'gp',
  'hospital',
  'mental-health-care',
  'youth-care',
  'probation',
  'police',
  'safe-at-home',
  'neighbourhood-team',
  'neighbours',
  'family',
  'nobody',
  'other',
]);
export type SignalParty = z.infer<typeof SignalParty>;

/** How long before the route began it was there to be seen. */
export const SignalBefore = z.enum([
  'under-3-months',
  '3-6-months',
  '6-12-months',
  '1-2-years',
  'over-2-years',
  'unknown',
]);
export type SignalBefore = z.infer<typeof SignalBefore>;

export const MissedSignal = z
  .strictObject({
    signal: MissedSignalCode,
    party: SignalParty.describe('Who saw it, or could have seen it'),
    before: SignalBefore.describe('How long before the route began'),
  })
  .meta({ id: 'MissedSignal' });
export type MissedSignal = z.infer<typeof MissedSignal>;

/** How many a route keeps. */
export const missedSignalsKept = 8;

export const MissedSignals = z
  .array(MissedSignal)
  .max(missedSignalsKept)
  .refine(
    (all) => new Set(all.map(({ signal, party }) => `${signal} ${party}`)).size === all.length,
    faults.signalTwice.en,
  );

/** `PUT …/missed-signals`: in place of those that were recorded before. */
export const MissedSignalsBody = z.strictObject({ signals: MissedSignals }).meta({
  id: 'MissedSignals',
  example: { signals: [{ signal: 'rent-arrears', party: 'housing-corporation', before: '1-2-years' }] },
});
export type MissedSignalsBody = z.infer<typeof MissedSignalsBody>;
