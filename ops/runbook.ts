/** The entries of docs/runbook.md, by which views and troubles name what mends them. */
import { repairTitles } from '../domain/operations/repairs.ts';

/** A section of docs/runbook.md, by its heading. */
export type Repair = (typeof repairTitles)[keyof typeof repairTitles];

export const runbook = repairTitles;

/** The anchor of a section, as Markdown viewers make it of its heading. */
export const anchorOf = (repair: Repair): string =>
  repair
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
