/** A concern as a route keeps it: a record of one length, see packed.ts. */
import type {
  ConcernFrom,
  ConcernFollows,
  ConcernKind,
  ConcernOutcome,
  ConcernOwner,
} from '../contracts/concern.ts';
import { consequence, consequences, keyOf, kindOf, kinds } from './concern-rules.ts';

export interface Concern {
  readonly concernId: string;
  readonly kind: ConcernKind;
  /** Who raised it first. */
  readonly from: ConcernFrom;
  readonly raisedAt: string;
  /** How often it was raised while it was open; at most nine. */
  readonly times: number;
  readonly follows: ConcernFollows;
  readonly status: ConcernStatus;
  /** While it is open: until when. Once it is settled: when it was. ISO 8601, UTC, whole seconds. */
  readonly at?: string;
  /** Of one that was handed over. */
  readonly owner?: ConcernOwner;
  /** Who is still to be told of it: the sum of what `tell` says. */
  readonly toTell: number;
}

/** How far an open one is, or how it was settled. */
export type ConcernStatus = 'open' | 'due-soon' | 'overdue' | ConcernOutcome;

export const tell = { caseManager: 1, supportProvider: 2, processDirector: 4 } as const;

const open: ReadonlySet<ConcernStatus> = new Set(['open', 'due-soon', 'overdue']);

/** Whether somebody still has to look after it. */
export const isOpen = ({ status }: Pick<Concern, 'status'>): boolean => open.has(status);

/** Id, kind, who, when, how often, what follows, status, until when or since when, owner, whom to tell. */
export const RECORD_LENGTH = 25;

/** A kind, and when one of it was raised. */
export const SEEN_LENGTH = 7;

/** A concern as one record. */
export function packed(concern: Concern): string {
  const { concernId, kind, from, raisedAt, times, follows, status, at, owner, toTell } = concern;
  return [
    concernId,
    kinds[kind],
    froms[from],
    packedMoment(raisedAt, Math.floor),
    Math.min(times, 9),
    consequences[follows],
    statuses[status],
    at ? packedMoment(at, isOpen(concern) ? Math.ceil : Math.floor) : '......',
    owner ? owners[owner] : '.',
    toTell,
  ].join('');
}

/** What a record says of a concern. */
export function unpacked(text: string): Concern {
  const at = text.slice(17, 23);
  const owner = text[23]!;
  return {
    concernId: text.slice(0, 6),
    kind: kindOf(text[6]!),
    from: keyOf(froms, text[7]!),
    raisedAt: momentOf(text.slice(8, 14)),
    times: Number(text[14]),
    follows: consequence(text[15]!),
    status: keyOf(statuses, text[16]!),
    ...(at !== '......' && { at: momentOf(at) }),
    ...(owner !== '.' && { owner: keyOf(owners, owner) }),
    toTell: Number(text[24]),
  };
}

/** That a concern of a kind was raised. */
export const seen = (kind: ConcernKind, at: string): string => kinds[kind] + packedMoment(at, Math.floor);

/** When concerns of a kind were raised. */
export const seenOf = (kind: ConcernKind, texts: readonly string[]): string[] =>
  texts.filter((text) => text[0] === kinds[kind]).map((text) => momentOf(text.slice(1)));

const epoch = Date.parse('2020-01-01T00:00:00Z');

/** In six characters, until 2088: whole seconds since 2020; of a term upwards, so that nobody has less than a rule gives. */
const packedMoment = (moment: string, whole: (seconds: number) => number): string =>
  whole((Date.parse(moment) - epoch) / 1000)
    .toString(36)
    .padStart(6, '0');

const momentOf = (text: string): string => new Date(epoch + Number.parseInt(text, 36) * 1000).toISOString();

const froms: Readonly<Record<ConcernFrom, string>> = {
  'debt-service': 'a',
  'benefits-office': 'b',
  'civil-registry': 'c',
  'housing-corporation': 'd',
  'support-provider': 'e',
  'record-system': 'f',
  gp: 'g',
  'mental-health-care': 'h',
  'neighbourhood-team': 'i',
  neighbour: 'j',
  family: 'k',
  'informal-carer': 'l',
  school: 'm',
  police: 'n',
  person: 'o',
  other: 'p',
};

const statuses: Readonly<Record<ConcernStatus, string>> = {
  open: 'o',
  'due-soon': 'd',
  overdue: 'l',
  'contact-made': 'C',
  'track-reopened': 'T',
  'no-action-needed': 'N',
  'handed-over': 'H',
};

/** Letters of owners; what was written once is read for years. */
export const owners: Readonly<Record<ConcernOwner, string>> = {
  'neighbourhood-team': 'a',
  'debt-service': 'b',
  'support-provider': 'c',
  'housing-corporation': 'd',
  gp: 'e',
  'mental-health-care': 'f',
  'public-health-service': 'g',
};
