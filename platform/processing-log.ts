/**
 * The log of data processing: who did what with a person's data, when and on which basis, with the fields of the standard
 * Logboek Dataverwerkingen (Logius). Apart from the technical log, and as durable as what it is about: whoever writes a line
 * goes on when it is kept. It holds no data of the person itself, so that it can stay when that is erased (AVG art. 5(2)).
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DataKind, ProcessedBy, ProcessingDirection } from '../contracts/processing.ts';
import { PartnerParty } from '../contracts/vocabulary.ts';
import { traceIdOf } from './trace-id.ts';

/** One processing of somebody's data. */
export interface Processing {
  /** Whose data: the route, which says nothing of who that is. */
  readonly routeId: string;
  /** What for: an operation of the API, or a step of the route. */
  readonly activity: string;
  /** Opaque id of who did it, or the party. */
  readonly by: string;
  readonly role: ProcessedBy;
  /** The partner that got it, or told it. */
  readonly party?: PartnerParty | undefined;
  /** Whether they told it or got it; left out of what is neither. */
  readonly direction?: ProcessingDirection | undefined;
  readonly basis: string;
  readonly data: readonly DataKind[];
  /** What it belongs to: a call, a request. Everything about it shares a trace. */
  readonly about?: string | undefined;
  /**
   * The route's own history has it as well, durably: the line need not wait for the disk. A look leaves no other trace, and
   * does wait.
   */
  readonly isInHistory?: boolean | undefined;
  /** Milliseconds since 1970; left out: now. */
  readonly begunAt?: number | undefined;
}

/** Where the lines are kept: files in development, a database in production. */
export interface ProcessingLog {
  /** Resolves when the line is durable, or written where the history of the route has the same. @throws ProcessingLogAway */
  record(processing: Processing): Promise<void>;
  /** All lines about a route, in the order in which they were written. @throws ProcessingLogAway */
  of(routeId: string): Promise<readonly ProcessingLine[]>;
  /** Lets go of what is older. @param before - ISO 8601, UTC @returns of how many routes */
  prune(before: string): Promise<number>;
}

/** A line cannot be written or read: nothing may be done with personal data meanwhile. */
export class ProcessingLogAway extends Error {
  override readonly name = 'ProcessingLogAway';
}

/** A line, by the fields of the standard (`operation_id` is a span's id). Our own attributes are under `dpl.outflow`. */
export const ProcessingLine = z.object({
  trace_id: z.string().length(32),
  operation_id: z.string().length(16),
  status_code: z.literal(1).describe('1: STATUS_CODE_OK'),
  name: z.string(),
  start_time: z.int().describe('Milliseconds since 1970'),
  end_time: z.int(),
  resource: z.object({ attributes: z.object({ 'service.name': z.string() }) }),
  attributes: z.object({
    'dpl.core.processing_activity_id': z.url(),
    'dpl.core.data_subject_id': z.string(),
    'dpl.core.data_subject_id_type': z.literal('outflow-route'),
    'dpl.outflow.by': z.string(),
    'dpl.outflow.role': ProcessedBy,
    'dpl.outflow.party': PartnerParty.optional(),
    'dpl.outflow.direction': ProcessingDirection.optional(),
    'dpl.outflow.basis': z.string(),
    'dpl.outflow.data': z.array(DataKind),
  }),
});
export type ProcessingLine = z.infer<typeof ProcessingLine>;

/** Where a register of processing activities says more of each, while none was set. */
const noRegister = 'https://uitstroomroutes.example/verwerkingsactiviteiten';

/** Who writes a line, and where the register is that says more of its activity. */
export interface Writer {
  readonly service: string;
  /** Left out: an example. */
  readonly register?: string | undefined;
}

export function lineOf(
  { routeId, activity, by, role, party, direction, basis, data, about, begunAt }: Processing,
  { service, register = noRegister }: Writer,
  now = Date.now(),
): ProcessingLine {
  return {
    trace_id: about === undefined ? randomBytes(16).toString('hex') : traceIdOf(about),
    operation_id: randomBytes(8).toString('hex'),
    status_code: 1,
    name: activity,
    start_time: begunAt ?? now,
    end_time: now,
    resource: { attributes: { 'service.name': service } },
    attributes: {
      'dpl.core.processing_activity_id': `${register.replace(/\/$/, '')}/${activity}`,
      'dpl.core.data_subject_id': routeId,
      'dpl.core.data_subject_id_type': 'outflow-route',
      'dpl.outflow.by': by,
      'dpl.outflow.role': role,
      ...(party && { 'dpl.outflow.party': party }),
      ...(direction && { 'dpl.outflow.direction': direction }),
      'dpl.outflow.basis': basis,
      'dpl.outflow.data': [...data],
    },
  };
}
