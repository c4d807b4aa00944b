/** What a call does with the data of a person, for the log of data processing. */
import { DeletedData } from '../contracts/certificate.ts';
import type { DataKind, ProcessedBy } from '../contracts/processing.ts';
import type { Processing } from '../platform/processing-log.ts';
import type { Caller } from './access.ts';
import type { Operation, Reply } from './operation.ts';

/** On which basis whoever has this role looks at a route. Which article it is for whom is our own reading [assumed]. */
const bases: Readonly<Record<Exclude<ProcessedBy, 'system'>, string>> = {
  'case-manager': 'Wmo 2015 art. 5.1.1 [assumed]',
  'process-director': 'Wmo 2015 art. 5.1.1 [assumed]',
  operations: 'AVG art. 32(1)(b) [assumed]',
  policy: 'AVG art. 89 [assumed]',
  person: 'AVG art. 15',
  partner: 'Wmo 2015 art. 5.1.1 [assumed]',
};

/** A person who does something for themselves does so by a right of their own. */
const rights: Readonly<Record<string, string>> = {
  requestErasure: 'AVG art. 17',
  giveConsent: 'AVG art. 7',
  withdrawConsent: 'AVG art. 7(3)',
  recordWishes: 'Wmo 2015 art. 2.3.2(2) [assumed]',
  wishForHousing: 'Wmo 2015 art. 2.3.2(2) [assumed]',
  answerOffer: "the person's own contract: AVG art. 6(1)(b)",
};

/** What holds somebody's words, each by its own name. */
const ofWords: ReadonlySet<DataKind> = new Set(DeletedData.options);

/** Codes and dates alone, where an operation says nothing else. */
const usual: readonly DataKind[] = ['course'];

/**
 * The line about a call that was carried out; undefined for one that is about no person.
 * @param about - the id of the call
 */
export function processingOf(
  { method, operationId, data = usual }: Pick<Operation, 'method' | 'operationId' | 'data'>,
  { subject, role, party }: Caller,
  { params, reply, about, begunAt }: { params: unknown; reply: Reply; about: string; begunAt: number },
): Processing | undefined {
  const { routeId = reply.routeId } = (params ?? {}) as { routeId?: string };
  // Whoever has it already sees nothing new.
  if (routeId === undefined || reply.status === 304) return undefined;
  const who = { by: party ?? subject, role, ...(party && { party }) };
  const isInHistory = method !== 'get';
  const direction = isInHistory ? 'told' : 'received';
  const basis = (role === 'person' && rights[operationId]) || bases[role];
  const kinds = reply.data ?? data;
  const hasOtherWords = reply.hasWords && !kinds.some((kind) => ofWords.has(kind));
  const all = hasOtherWords ? [...kinds, 'reasons' as const] : kinds;
  return { routeId, activity: operationId, ...who, direction, basis, data: all, about, isInHistory, begunAt };
}
