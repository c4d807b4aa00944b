/** All that the API asks of Temporal. No other module of the API talks to it. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { ReceiptBody } from '../contracts/partner-event.ts';
import { t } from '../contracts/text.ts';
import type { RouteList } from '../contracts/views.ts';
import type { HomePromiseStatus } from '../contracts/vocabulary.ts';
import type { CommandEnvelope } from '../domain/command.ts';
import { handledBefore } from '../domain/commands.ts';
import type { PartnerNews } from '../domain/news.ts';
import type { RouteState } from '../domain/route-state.ts';
import { command, type RunBudget } from '../workflows/outflow-route.messages.ts';
import { attributesOfAll, type Attributed, type CountedAttribute } from './gateway/attribute-values.ts';
import { createAgreementGateway, type AgreementGateway } from './gateway/agreements.ts';
import { countHomePromises } from './gateway/count.ts';
import { kept, tenfold } from './gateway/kept.ts';
import { countOpen, tallyOpen, type Tallied } from './gateway/open-routes.ts';
import { createOperationsView, type OperationsView } from './gateway/operations-view.ts';
import { isMovingOn } from './gateway/failures.ts';
import { createHealthCheck, type Health } from './gateway/health.ts';
import { lookAtChanges } from './gateway/changed.ts';
import { Line } from './gateway/line.ts';
import { listRoutes, type Page, type RouteFilters } from './gateway/list.ts';
import { newsAtOnce, tell } from './gateway/news.ts';
import { fingerprintOf, startRoute, type Started } from './gateway/start.ts';
import { stateOf } from './gateway/state.ts';
import { shared, Together } from './gateway/together.ts';
import { ApiProblem } from './problems.ts';
import { WatchHub, type Watching } from './watching/hub.ts';

export { connectForCallers } from './gateway/connect.ts';

const answeredWithinMs = 5000;
const sameUpdateForMs = 10_000;

/** Every call may throw `ApiProblem` unknown-route, temporal-away, and where a worker is needed worker-away. */
export interface Gateway {
  /** Starts a route, unless one with its id was started before. Needs no worker. */
  start(state: RouteState, fingerprint: string): Promise<Started>;
  /** That of the body under which a route was started. @throws ApiProblem unknown-route, temporal-away */
  fingerprintOf(routeId: string): Promise<string>;
  /** The municipality of a route. Needs no worker. */
  municipalityOf(routeId: string): Promise<string>;
  /** Whose a route is, and the stage that lists show of it. Needs no worker. */
  placeInProcess(routeId: string): Promise<{ municipality: string; stage: string | undefined }>;
  /** The whole state of a route, also of one that has ended. */
  stateOf(routeId: string): Promise<RouteState>;
  /** One page of routes, from their search attributes. Needs no worker. */
  list(page: Page): Promise<RouteList>;
  /** How many routes have a promise of a home that stands so, for each status, in order. Needs no worker. */
  countHomePromises(
    statuses: readonly HomePromiseStatus[],
    municipality: string | undefined,
  ): Promise<number[]>;
  /** How many open routes there are within each of these filters, in order; at most some seconds old. Needs no worker. */
  countOpen(filters: readonly RouteFilters[]): Promise<{ counts: readonly number[]; countedAt: string }>;
  /** How all open routes stand, municipality by municipality; at most five minutes old. Needs no worker. */
  /** What all routes have of an attribute, closed ones included as long as they are kept; at most five minutes old. */
  valuesOf(attribute: CountedAttribute): Promise<{ rows: readonly Attributed[]; countedAt: string }>;
  figures(): Promise<Tallied>;
  /** What only operations and their metrics look at. Needs no worker. */
  readonly operations: OperationsView;
  /**
   * Gives a command.
   * @returns the fingerprint of the command that was carried out first under this id
   * @throws ApiProblem of what the route refuses, route-closed, too-many-in-flight
   */
  command(routeId: string, envelope: CommandEnvelope): Promise<{ fingerprint: string }>;
  /** Tells news and gives back the receipt; `queued` when no worker could judge it. */
  tell(routeId: string, news: PartnerNews): Promise<ReceiptBody>;
  /** The ledgers of the regions. */
  readonly agreements: AgreementGateway;
  /** Who watches routes. To be closed first where streams are open. */
  readonly changes: WatchHub;
  /** Never throws; answers within a second. */
  health(): Promise<Health>;
  close(): Promise<void>;
}

/** The gateway over a client; routes start on the given task queue. */
export function createGateway({
  client,
  taskQueue,
  budget,
  watching,
}: {
  client: Client;
  taskQueue: string;
  /** What each run of a route may use up; left out, what the workflow holds to be usual. */
  budget?: RunBudget;
  /** How far looks at what changed go back, and how many may watch; left out, what is usual. */
  watching?: Watching;
}): Gateway {
  const line = new Line(client, taskQueue);
  const news = new Together((routeId, all: readonly PartnerNews[]) => tell(line, routeId, all), newsAtOnce);
  const tally = kept(tenfold, () => tallyOpen(line, isoNow(line)));
  const changes = new WatchHub(lookAtChanges(line), line.now, watching);
  return {
    fingerprintOf: (routeId) => fingerprintOf(line, routeId),
    start: (state, fingerprint) => startRoute(line, { state, ...(budget && { budget }) }, fingerprint),
    municipalityOf: shared(async (routeId) => {
      const { searchAttributes } = await line.describe(routeId);
      return String(searchAttributes.Municipality?.[0]);
    }),
    placeInProcess: async (routeId) => {
      const { searchAttributes } = await line.describe(routeId);
      const [stage] = searchAttributes.RouteStage ?? [];
      return {
        municipality: String(searchAttributes.Municipality?.[0]),
        stage: stage === undefined ? undefined : String(stage),
      };
    },
    stateOf: (routeId) => stateOf(line, routeId),
    list: (page) => listRoutes(line, page),
    countHomePromises: (statuses, municipality) => countHomePromises(line, statuses, municipality),
    countOpen: counted(line),
    figures: () => tally(''),
    operations: createOperationsView(line),
    valuesOf: attributed(line),
    command: (routeId, envelope) => giveCommand(line, routeId, envelope),
    tell: (routeId, one) => news.send(routeId, one),
    agreements: createAgreementGateway(line, budget),
    changes,
    health: createHealthCheck(line),
    close: () => {
      changes.close();
      return line.close();
    },
  };
}

/** Whoever opens an overview beside others sees what they see. */
function counted(line: Line): Gateway['countOpen'] {
  const counts = kept(tenfold, async (filters) => ({
    countedAt: isoNow(line),
    counts: await countOpen(line, JSON.parse(filters) as RouteFilters[]),
  }));
  return (filters) => counts(JSON.stringify(filters));
}

function attributed(line: Line): Gateway['valuesOf'] {
  const values = kept(tenfold, async (attribute) => ({
    countedAt: isoNow(line),
    rows: await attributesOfAll(line, attribute as CountedAttribute),
  }));
  return (attribute) => values(attribute);
}

const isoNow = ({ now }: Line): string => new Date(now()).toISOString();

async function giveCommand(
  line: Line,
  routeId: string,
  envelope: CommandEnvelope,
  tries = 3,
): Promise<{ fingerprint: string }> {
  // The state knows what was carried out under the command's id. The Update's own id holds for a moment only: where a
  // crash has lost the task that was to bring an Update to a worker, the server lets whoever calls under the same id
  // wait with it, for as long as nothing else happens to the route. Another id brings both there.
  const updateId = `${envelope.id}:${Math.floor(Date.now() / sameUpdateForMs)}`;
  const options = { args: [envelope] as [CommandEnvelope], updateId };
  try {
    return await line.within(answeredWithinMs, () => line.handle(routeId).executeUpdate(command, options));
  } catch (error) {
    if (isMovingOn(error) && tries > 1) return giveCommand(line, routeId, envelope, tries - 1);
    if (!(error instanceof WorkflowNotFoundError)) throw await line.problemOf(error);
    // It has ended, or there never was such a route. What was carried out before its end stays carried out.
    const handled = handledBefore(await stateOf(line, routeId), envelope.id);
    if (!handled)
      throw new ApiProblem('route-closed', t('De route is afgesloten.', 'The route has ended.'), {
        cause: error,
      });
    return handled;
  }
}
