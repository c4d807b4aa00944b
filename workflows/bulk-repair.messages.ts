/** The messages of `bulkRepair`: one repair, given to all routes that a query finds. Shared with `npm run ops`. */
import { defineQuery } from '@temporalio/workflow';
import type { Ordered, RepairOrder } from '../domain/operations/repair.ts';
import type { RepairProgress } from '../domain/operations/repair-progress.ts';

export interface BulkRepairInput extends Ordered {
  /** Part of the id of each route's command: the same repair twice is once. */
  readonly name: string;
  /** List filter of Temporal for routes; only open ones are found. */
  readonly query: string;
  readonly order: RepairOrder;
  /** Nothing is changed; the progress says what each route would answer. */
  readonly dryRun?: true;
  /** Left out: ten a second, four at once. */
  readonly pace?: { readonly perSecond: number; readonly atOnce: number };
  /** Routes found at once; left out: 200. */
  readonly pageSize?: number;
  /** History events after which the repair continues as new; left out: two thousand. */
  readonly runEvents?: number;
  /** Of the run before. */
  readonly progress?: RepairProgress;
}

export const repairWorkflowId = (name: string): string => `repair/${name}`;

/** How far it is, also when it has ended. */
export const repairProgress = defineQuery<RepairProgress>('progress');

/** What was asked, so that nobody joins another repair under the same name. */
export const repairAsked = defineQuery<Omit<BulkRepairInput, 'progress'>>('asked');
