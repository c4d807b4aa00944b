/** The messages of `partnerOutage`: a partner that is away, and the routes that are on hold for it. */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Outage } from '../domain/operations/outage.ts';

export interface PartnerOutageInput extends Omit<Outage, 'since'> {
  readonly pace?: { readonly perSecond: number; readonly atOnce: number };
  /** How often routes are looked for that came to wait since; left out: 180. */
  readonly lookEverySeconds?: number;
  /** History events after which it continues as new; left out: two thousand. */
  readonly runEvents?: number;
  /** Of the run before. */
  readonly so?: OutageSoFar;
}

export interface OutageSoFar extends Pick<Outage, 'since' | 'until'> {
  /** Until when the routes that are held now are on hold; earlier than `until` once that was moved. */
  readonly heldUntil: string;
  /** The ids of routes that it holds, without hyphens, one behind the other. */
  readonly held: string;
}

export interface OutageStatus extends Outage {
  readonly phase: 'holding' | 'letting-go' | 'ended';
  readonly held: number;
  readonly goneOn: number;
  /** That somebody else decided about, at the last look. */
  readonly left: number;
  /** That could not be reached, at the last look. */
  readonly unreached: number;
  readonly endedBy?: string;
}

export const outageWorkflowId = (party: string): string => `outage/${party}`;

export const outageStatus = defineQuery<OutageStatus>('status');

/** The partner is back: the routes that it held go on. */
export const endOutage = defineUpdate<OutageStatus, [{ readonly by: string }]>('end');

/** It lasts longer. ISO 8601, UTC. */
export const extendOutage = defineUpdate<OutageStatus, [{ readonly by: string; readonly until: string }]>(
  'extend',
);
