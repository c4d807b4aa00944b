/** The messages of `technicalTrouble`, and what it begins with. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Troubled } from '../domain/operations/trouble-texts.ts';
import type { Trouble } from '../domain/operations/trouble.ts';

export interface TechnicalTroubleInput extends Troubled {
  /** What was seen by whoever found it. */
  readonly trouble: Trouble;
  /** How long until it looks again: the first time, and the longest. */
  readonly looks: { readonly firstSeconds: number; readonly longestSeconds: number };
}

export interface TechnicalTroubleOutcome {
  /** `gone`: the workflow has ended. */
  readonly ended: 'mended' | 'gone';
}

/** Looks at once, rather than when it would have: after a repair. */
export const lookNow = defineSignal('lookNow');

/** What was seen last. */
export const seenTrouble = defineQuery<Trouble>('trouble');
