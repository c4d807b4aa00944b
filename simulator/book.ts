/**
 * The partners' books: what was asked of them, what they did and what became of their answers. Every change is a
 * line, applied the same way when it happens and when the journal is read again after a restart.
 */
import { z } from 'zod';
import { MessageId, RequestId, RouteId } from '../contracts/ids.ts';
import { PartnerEvent } from '../contracts/partner-event.ts';
import { PartnerRequest } from '../contracts/partner-request.ts';
import { PartnerParty, Receipt } from '../contracts/vocabulary.ts';
import { Behaviours, type Behaviour } from './behaviours.ts';

/** What became of one event that was sent. */
export const Delivery = z.object({
  eventId: MessageId,
  type: z.string(),
  at: z.string(),
  status: z.int(),
  taken: z.boolean().describe('The receiver has it; else it was given up'),
  receipt: Receipt.optional(),
  reason: z.string().optional(),
  problemType: z.string().optional().describe('Why it was given up, as the receiver says'),
});
export type Delivery = z.infer<typeof Delivery>;

export const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), at: z.string(), party: PartnerParty, request: PartnerRequest }),
  z.object({ kind: z.literal('repeated'), requestId: RequestId, replyTo: z.url() }),
  z.object({ kind: z.literal('released'), requestId: RequestId }),
  z.object({ kind: z.literal('answering'), requestId: RequestId, party: PartnerParty, event: PartnerEvent }),
  z.object({ kind: z.literal('delivery'), requestId: RequestId, delivery: Delivery }),
  z.object({ kind: z.literal('settled'), requestId: RequestId, answered: z.boolean() }),
  z.object({ kind: z.literal('erased'), routeId: RouteId, party: PartnerParty }),
  z.object({ kind: z.literal('behaviours'), behaviours: Behaviours }),
]);
export type Line = z.infer<typeof Line>;

/** One request in the books. Without `request` it is only foreseen: its answer went out before it came in. */
export interface Entry {
  readonly requestId: string;
  readonly routeId: string;
  readonly stepId: string;
  readonly party: PartnerParty;
  request?: PartnerRequest;
  acceptedAt?: string;
  /** How often the partner acted on it: more than once would be an error of the simulator. */
  effects: number;
  repeats: number;
  released: boolean;
  /** The answer as it was first sent: a second sending is the same event. */
  event?: PartnerEvent;
  /** The answer arrived, or was given up. */
  settled: boolean;
  answered: boolean;
  readonly deliveries: Delivery[];
}

export interface Book {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly behaviours: readonly Behaviour[];
  apply(line: Line): void;
}

/** Empty books. */
export function createBook(): Book {
  const entries = new Map<string, Entry>();
  let behaviours: readonly Behaviour[] = [];

  function entryOf(requestId: string, party: PartnerParty): Entry {
    const [routeId = '', stepId = ''] = requestId.split(':');
    const blank = { effects: 0, repeats: 0, released: false, settled: false, answered: false };
    const entry = entries.get(requestId) ?? { requestId, routeId, stepId, party, ...blank, deliveries: [] };
    entries.set(requestId, entry);
    return entry;
  }

  function apply(line: Line): void {
    if (line.kind === 'behaviours') {
      behaviours = line.behaviours;
      return;
    }
    if (line.kind === 'erased') {
      for (const entry of entries.values())
        if (entry.request && isOf(entry, line)) entry.request = withoutData(entry.request);
      return;
    }
    if (line.kind === 'accepted') {
      const entry = entryOf(line.request.requestId, line.party);
      Object.assign(entry, { request: line.request, acceptedAt: line.at, effects: entry.effects + 1 });
      return;
    }
    if (line.kind === 'answering') {
      entryOf(line.requestId, line.party).event = line.event;
      return;
    }
    const entry = entries.get(line.requestId);
    if (entry) update(entry, line);
  }

  return {
    entries,
    get behaviours() {
      return behaviours;
    },
    apply,
  };
}

/** Whether something is what a party had of a route. */
export const isOf = (
  what: { readonly routeId: string; readonly party: PartnerParty },
  { routeId, party }: { readonly routeId: string; readonly party: PartnerParty },
): boolean => what.routeId === routeId && what.party === party;

/** What was disclosed is gone; that it was asked stays. */
export const withoutData = (request: PartnerRequest): PartnerRequest => ({ ...request, data: {} });

type Update = Extract<Line, { kind: 'repeated' | 'released' | 'delivery' | 'settled' }>;

function update(entry: Entry, line: Update): void {
  switch (line.kind) {
    case 'repeated':
      entry.repeats += 1;
      // The asker may have moved in the meantime: its newest address holds.
      if (entry.request) entry.request = { ...entry.request, replyTo: line.replyTo };
      return;
    case 'released':
      entry.released = true;
      return;
    case 'delivery':
      entry.deliveries.push(line.delivery);
      return;
    case 'settled':
      entry.settled = true;
      entry.answered ||= line.answered;
      return;
  }
}
