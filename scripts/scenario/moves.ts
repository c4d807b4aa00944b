/** What somebody of a scenario does at some moment of its route. */
import type { PartnerEvent } from '../../contracts/partner-event.ts';
import type { RouteView, TimelineEntry } from '../../contracts/views.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';

/** A call to the API on the route that is played; the path is what follows the route. */
export interface Call {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The same at each sending. */
  readonly key: string;
  /** Somebody else than the route's case manager. */
  readonly by?:
    | {
        readonly role: 'case-manager' | 'process-director';
        readonly subject: string;
        /** Left out: the one that has the route. */
        readonly municipality?: string | undefined;
      }
    | undefined;
}

/** Through what a scenario acts on the world. */
export interface Stage {
  readonly call: (call: Call) => Promise<Outcome>;
  /** A partner answers a request at last; `isTakenIn`: the route is known to know that it has the request. */
  readonly partnerAnswers: (requestId: string, isTakenIn: boolean) => Promise<Outcome>;
  /** A partner tells something that nobody asked for. */
  readonly partnerTells: (party: PartnerParty, event: PartnerEvent) => Promise<Outcome>;
}

/** `again`: nobody could judge it just now, so it is to be made at the next look. */
export type Outcome = 'made' | 'again';

/** A route as it was found, and what had happened in it. */
export interface Found {
  readonly route: RouteView;
  readonly items: readonly TimelineEntry[];
}

/** When a step was refused: its own date says since when it was asked, as its term runs on. */
export const refusedAt = ({ items }: Found, stepId: string): string | undefined =>
  items.findLast((entry) => entry.what === 'step-refused' && entry.stepId === stepId)?.at;

export interface Move {
  /** What is made once in a route has one key. */
  readonly key: string;
  /** From when on: ISO 8601, UTC. */
  readonly at: string;
  readonly make: (stage: Stage) => Promise<Outcome>;
}

/** Makes what is due and was not made before; answers with the keys of what was made now, and with what comes next. */
export async function makeDue(
  moves: readonly Move[],
  { now, made, stage }: { now: string; made: Set<string>; stage: Stage },
): Promise<{ acted: boolean; next: readonly string[] }> {
  const left = moves.filter(({ key }) => !made.has(key));
  const due = left.filter(({ at }) => at <= now);
  for (const { key, make } of due) {
    if ((await make(stage)) === 'made') made.add(key);
  }
  return { acted: due.length > 0, next: left.filter(({ at }) => at > now).map(({ at }) => at) };
}
