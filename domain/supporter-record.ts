/** A supporter as a route keeps them: codes and dates in one text, and sealed who they are. */
import type { Relation, SupporterPerson, SupporterStatus, SupportKind } from '../contracts/cti.ts';
import type { Sealed } from '../contracts/sealed.ts';

/** A supporter as a route keeps them. */
export interface Supporter {
  /** Codes and dates, see `packed`. */
  readonly is: string;
  /** Only while they are invited or have accepted. */
  readonly who?: Sealed<SupporterPerson>;
}

export interface SupporterFacts {
  readonly supporterId: string;
  readonly relation: Relation;
  readonly support: readonly SupportKind[];
  readonly status: SupporterStatus;
  /** Since when they stand like this; to the second. */
  readonly since: string;
  /** Whose place they take. */
  readonly replaces?: string;
  /** What they said at the transfer, and under which clock of CTI. */
  readonly part?: { readonly takes: boolean; readonly clock: number };
}

const relations: readonly Relation[] = [
  'family',
  'friend',
  'neighbour',
  'volunteer',
  'peer',
  'school',
  'gp',
  'community-centre',
  'employer',
  'faith-community',
  'club',
  'other',
];
const statuses: readonly SupporterStatus[] = ['invited', 'accepted', 'declined', 'dropped-out', 'replaced'];
const supports: readonly (readonly SupportKind[])[] = [
  ['emotional'],
  ['practical'],
  ['emotional', 'practical'],
];

/**
 * In little room, since a state has 64 KB for everything: the id (6); relation, support and status as one letter each, by
 * their places in lists that only grow at their ends; the second (7, base 36); whose place they take (6, or dots); what
 * they said at the transfer and under which clock, if they did.
 */
export function packed({
  supporterId,
  relation,
  support,
  status,
  since,
  replaces,
  part,
}: SupporterFacts): string {
  const kinds = supports.findIndex((each) => each.length === support.length && support.includes(each[0]!));
  const codes = [relations.indexOf(relation), kinds, statuses.indexOf(status)].map((at) => at.toString(36));
  const second = Math.floor(Date.parse(since) / 1000)
    .toString(36)
    .padStart(7, '0');
  const said = part ? `${part.takes ? 'y' : 'n'}${part.clock}` : '';
  return [supporterId, ...codes, second, replaces ?? '......', said].join('');
}

/** What a text says of a supporter. */
export function unpacked(text: string): SupporterFacts {
  const codeAt = (at: number) => Number.parseInt(text[at]!, 36);
  const replaces = text.slice(16, 22);
  const said = text.slice(22);
  return {
    supporterId: text.slice(0, 6),
    relation: relations[codeAt(6)]!,
    support: supports[codeAt(7)]!,
    status: statuses[codeAt(8)]!,
    since: new Date(Number.parseInt(text.slice(9, 16), 36) * 1000).toISOString(),
    ...(replaces !== '......' && { replaces }),
    ...(said && { part: { takes: said.startsWith('y'), clock: Number(said.slice(1)) } }),
  };
}
