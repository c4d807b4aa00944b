/** A contact as a route keeps it: a record of one length, see packed.ts. */
import type { ContactKind, ContactWith, CtiPhase } from '../contracts/cti.ts';

export interface Contact {
  /** YYYY-MM-DD, in Amsterdam. */
  readonly date: string;
  readonly phase: CtiPhase;
  readonly kind: ContactKind;
  readonly with: readonly ContactWith[];
}

/** The phases of CTI, in order; the list only grows at its end. */
export const phases = ['pre-cti', 'transition', 'try-out', 'transfer-of-care', 'aftercare'] as const;

const kinds = ['visit', 'meeting-in-community', 'call', 'missed'] as const;
const roles: Readonly<Record<ContactWith, string>> = {
  person: 'a',
  professional: 'b',
  family: 'c',
  friend: 'd',
  neighbour: 'e',
  volunteer: 'f',
  peer: 'g',
  school: 'h',
  gp: 'i',
  'community-centre': 'j',
  employer: 'k',
  'faith-community': 'l',
  club: 'm',
  other: 'n',
};

/** Date, phase, kind, and four roles at the most: YYMMDD, a digit, a digit, letters. */
export const RECORD_LENGTH = 12;

/** A contact as one record. */
export const packed = ({ date, phase, kind, with: who }: Contact): string =>
  [date.slice(2).replaceAll('-', ''), phases.indexOf(phase), kinds.indexOf(kind)].join('') +
  who
    .map((role) => roles[role])
    .join('')
    .padEnd(4, '.');

/** What a record says of a contact. */
export function unpacked(text: string): Contact {
  const letters = text.slice(8).replaceAll('.', '');
  const roleOf = (letter: string) =>
    (Object.keys(roles) as ContactWith[]).find((role) => roles[role] === letter)!;
  return {
    date: `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`,
    phase: phases[Number(text[6])]!,
    kind: kinds[Number(text[7])]!,
    with: letters.split('').map(roleOf),
  };
}
