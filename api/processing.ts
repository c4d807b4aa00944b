/** What a call does with the data of a person, for the log of data processing. */
import type { DataKind } from '../contracts/processing.ts';
import type { ProcessedBy } from '../contracts/processing.ts';
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
  return { routeId, activity: operationId, ...who, basis: bases[role], data, about, isInHistory, begunAt };
}
