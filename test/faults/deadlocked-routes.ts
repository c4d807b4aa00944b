/**
 * Routes whose parties wait for each other, on their way to their keys while parts are killed. At every look at each:
 * either all promises of its round are active, or none is. Each has a place of the region's housing agreement first, of
 * which there are half as many as routes until the corporation adds the rest.
 */
import type { RouteView } from '../../contracts/views.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import type { Caller } from '../support/api-caller.ts';
import { accompany, aStart } from '../support/case-manager.ts';
import { persistently } from './ledger-watch.ts';

/** Settings of the parts: what a partner is asked stays open long enough to be met. */
export const environment = {
  RULES: 'demo',
  SIMULATOR_DELAY_MS: '500',
  SIMULATOR_JITTER_MS: '500',
  LOG_LEVEL: 'silent',
};

const noPostalAddress = { stepId: 'income.postal-address', mode: 'refusing' } as const;
/** All commit; the corporation declines at first; the benefits office breaks its first promise. */
const kinds: readonly (readonly Behaviour[])[] = [
  [],
  [{ stepId: 'commitment.housing-corporation', attempt: 1, mode: 'refusing' }],
  [
    { stepId: 'commitment.benefits-office', attempt: 1, mode: 'breaking', delayMs: 900 },
    { stepId: 'income.benefit', attempt: 1, mode: 'silent' },
  ],
];

export class DeadlockedRoutes {
  readonly #manager: Caller;
  readonly #simulatorUrl: string;
  readonly #withinMs: number;
  readonly #behaviours: Behaviour[] = [noPostalAddress];
  /** What was seen to be wrong, by route. */
  readonly faults = new Map<string, string[]>();
  /** The routes that have their keys. */
  readonly ends = new Map<string, RouteView>();
  begun = 0;
  looks = 0;

  constructor(manager: Caller, simulatorUrl: string, withinMs: number) {
    this.#manager = manager;
    this.#simulatorUrl = simulatorUrl;
    this.#withinMs = withinMs;
  }

  /**
   * Starts a route and accompanies it to its keys, or to a fault.
   * @param onStart - told its id
   */
  async one(onStart: (routeId: string) => void = () => undefined): Promise<void> {
    const i = this.begun;
    this.begun += 1;
    const routeId = await started(this.#manager, i);
    onStart(routeId);
    this.#behaviours.push(...kinds[i % kinds.length]!.map((rule) => ({ ...rule, routeId })));
    await persistently(() =>
      fetch(`${this.#simulatorUrl}/control/behaviours`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(this.#behaviours),
      }),
    );
    try {
      const reached = (route: RouteView) => this.#look(route);
      this.ends.set(
        routeId,
        await accompany(this.#manager, routeId, reached, { withinMs: this.#withinMs, everyMs: 100 }),
      );
    } catch (error) {
      const { body } = await persistently(() => this.#manager.get(`/routes/${routeId}`));
      this.faults.set(routeId, [`${String(error).slice(0, 60)} …`, standing(body as RouteView)]);
    }
  }

  #look(route: RouteView): boolean {
    this.looks += 1;
    const wrong = faultsOf(route);
    if (wrong.length > 0) this.faults.set(route.routeId, wrong);
    if (route.waits.some(({ nextMove }) => nextMove === 'ask-commitments'))
      void this.#manager
        .post(`/routes/${route.routeId}/commitments`, { reason: 'Aan de regietafel' })
        .catch(() => undefined);
    return route.facts.includes('home');
  }
}

/** What is wrong with a route as it is seen; nothing when all are bound, or nobody is. */
function faultsOf({ promised, rounds }: RouteView): string[] {
  const bound = rounds.filter(({ status }) => status === 'active' || status === 'kept');
  const halfBound = bound.some(({ commitments }) => commitments.some(({ answer }) => answer !== 'given'));
  const adrift = promised.length > 0 && !rounds.some(({ status }) => status === 'active');
  return [
    ...(halfBound ? ['a round is active that not all have promised'] : []),
    ...(adrift ? [`promised by no active round: ${promised.join()}`] : []),
  ];
}

/** Where a route stands, in one line. */
const standing = ({ waits, rounds, facts, promised, place, tracks }: RouteView): string =>
  JSON.stringify({
    waits: waits.map(({ stepId = 'route', blocker, nextMove }) => `${stepId} ${blocker} ${nextMove}`),
    rounds: rounds.map(({ nr, status, reason, commitments }) => ({ nr, status, reason, commitments })),
    steps: tracks.flatMap(({ steps }) => steps.map((s) => `${s.stepId}:${s.attempt} ${s.status}`)),
    facts,
    promised,
    place,
  });

/** Starts a route, whatever is down meanwhile. */
async function started(manager: Caller, i: number): Promise<string> {
  const start = { ...aStart, municipality: 'GM0014', region: 'demo-region' };
  const { body } = await persistently(() =>
    manager.post('/routes', start, { 'idempotency-key': `round-${i}` }),
  );
  return body.routeId as string;
}
