/** What repairs of many routes need from outside; adapters in `worker/operations`. */
import type { Sealed } from '../contracts/sealed.ts';
import type { CommandEnvelope } from '../domain/command.ts';
import type { RepairOutcome } from '../domain/operations/repair.ts';
import type { RouteState } from '../domain/route-state.ts';
import type { RouteRules } from '../domain/rules.ts';

export interface OperationsPorts {
  /**
   * A page of the open routes that a query finds.
   * @throws Error `QueryInvalid` (by its name) for a query that Visibility does not take
   */
  readonly list: (query: string, pageSize: number, page?: string) => Promise<FoundPage>;
  /** The state of a route. @throws Error `NoSuchRoute` or `RouteUnreached` (by their names) */
  readonly stateOf: (routeId: string) => Promise<RouteState>;
  /** Gives a command; twice under one id is once. @throws as `stateOf` */
  readonly give: (routeId: string, envelope: CommandEnvelope) => Promise<RepairOutcome>;
  /** Sends at once what waits in back-off. @returns how many requests @throws as `stateOf` */
  readonly retry: (routeId: string, party?: string) => Promise<number>;
  /** How many requests of a route wait in back-off. @throws as `stateOf` */
  readonly waiting: (routeId: string, party?: string) => Promise<number>;
  /** Seals a reason under the key of the person whose route it is. */
  readonly seal: (routeId: string, reason: string) => Promise<Sealed<string>>;
  /** The rules of a national set today, where a route is. @throws Error `QueryInvalid` when there is no such set */
  readonly rulesFor: (
    ruleSet: string,
    where: Pick<RouteState, 'municipality' | 'region'>,
  ) => Promise<RouteRules>;
}

export interface FoundPage {
  readonly routeIds: readonly string[];
  /** Of the next page; left out: this is the last one. */
  readonly next?: string;
}

/** What each route answered, in the order in which they were asked. */
export type Outcomes = readonly { readonly routeId: string; readonly outcome: RepairOutcome }[];

/** Turns what a route that is not reached, or not there, throws into its outcome. @throws whatever else it is */
export async function outcomeOf(act: () => Promise<RepairOutcome>): Promise<RepairOutcome> {
  try {
    return await act();
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'NoSuchRoute') return { outcome: 'refused', kind: 'route-closed', message };
    if (name === 'RouteUnreached' || name === 'KeyStoreAway') return { outcome: 'unreached', message };
    throw error;
  }
}
