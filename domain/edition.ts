/**
 * What a run knows to do. Where a mend lets the process ask something else of the server than before, a run that began
 * before it may not do so: its replay would go elsewhere, and it would stand still for good. So each run has the edition
 * that it began with, and the next one takes over the present one.
 */

/** The present one. Each number says what came with it. */
export const EDITION = 12; // 12: who has no debts waits for no arrangement of them, and nobody asks for erasure before the route began; 11: lists know of missed signals and deadlocks; 10: a command is for the revision that it names; 9: a ledger tells many routes in one activity; 8: a grant that is taken back can be objected to as well, and by somebody else decided on; 7: who was refused can object before the route ends; 6: the statutory scheme follows an attempt at an arrangement; 5: personal data is deleted at the end; 4: a refusing creditor brings the court in; 3: a run that ends sends nothing more; 2: what a review of deadlocks and terms found

/** Of a route or a ledger, as its run carries it. */
export interface OfEdition {
  /** Left out: 1. */
  readonly edition?: number;
}

/** Whether a run knows what came with an edition. */
export const knows = ({ edition = 1 }: OfEdition, since: number): boolean => edition >= since;
