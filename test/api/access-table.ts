/** The access table as docs/access.md has it: that page is what is agreed, and tests hold the API against it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../contracts/vocabulary.ts';

export type Cell = 'own' | 'region' | 'any' | 'party' | 'yes' | 'open' | '–';

export interface Row {
  readonly operationId: string;
  /** Method and path. */
  readonly call: string;
  readonly may: Readonly<Record<Role, Cell>>;
  /** What is answered about another's; empty where there is no such thing. */
  readonly ofAnother: string;
}

const page = readFileSync(join(import.meta.dirname, '../../docs/access.md'), 'utf8');

/** The table as it stands in the page. */
export const accessTable: string = /^\| operation \|.*\n(?:\|.*\n)+/m.exec(page)![0];

const [head, , ...lines] = accessTable.trimEnd().split('\n').map(cellsOf);
const roles = head!.slice(2, -1) as Role[];

export const accessRows: readonly Row[] = lines.map((cells) => ({
  operationId: cells[0]!,
  call: cells[1]!,
  may: Object.fromEntries(roles.map((role, i) => [role, cells[2 + i]])) as Record<Role, Cell>,
  ofAnother: cells.at(-1)!,
}));

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
