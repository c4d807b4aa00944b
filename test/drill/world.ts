/** What a drill of a failure works with: the running parts, what operations see of them, and what they type. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { RouteView, StepView } from '../../contracts/views.ts';
import type { TypedRepair } from '../../domain/operations/typed-repair.ts';
import { viewsOf } from '../../ops/views.ts';
import type { Behaviour } from '../../simulator/behaviours.ts';
import { repair } from '../../workflows/outflow-route.messages.ts';
import type { Caller } from '../support/api-caller.ts';
import { behaving } from '../support/behaving.ts';
import { accompany, aPerson, aStart } from '../support/case-manager.ts';
import { patient } from '../support/patient.ts';
import { persistently } from '../faults/ledger-watch.ts';
import type { Parts } from '../support/processes.ts';
import type { Books } from '../faults/verdict.ts';
import type { Meddling, Passing } from './front.ts';
import type { Drilled } from './table.ts';

const root = join(import.meta.dirname, '..', '..');
const dayMs = 86_400_000;
const endsWithinMs = 240_000;

/** A prepared failure. */
export interface Failure {
  readonly name: string;
  /** Whom it is gone through with; resolves when it is mended, and gives how it comes to its end. */
  run(world: World, told: Drilled): Promise<() => Promise<void>>;
}

export interface Wires {
  /** What happens to an event on its way to the API, by what its body says. */
  readonly events: Set<(passing: Passing) => Meddling>;
  /** Routes for which the support provider takes our token for an expired one. */
  readonly deniedRoutes: Set<string>;
}

export class World {
  readonly parts: Parts;
  readonly client: Client;
  readonly wires: Wires;
  readonly metricsUrl: string;
  /** The bundle that a worker takes when it starts. */
  readonly bundle: string;
  readonly #env: Record<string, string>;
  readonly #behave: ReturnType<typeof behaving>;
  #putting: Promise<unknown> = Promise.resolve();

  constructor(given: {
    parts: Parts;
    client: Client;
    wires: Wires;
    metricsUrl: string;
    bundle: string;
    env: Record<string, string>;
  }) {
    ({
      parts: this.parts,
      client: this.client,
      wires: this.wires,
      metricsUrl: this.metricsUrl,
      bundle: this.bundle,
    } = given);
    this.#env = given.env;
    this.#behave = behaving({
      setBehaviours: (rules) => {
        const put = () =>
          persistently(() =>
            fetch(`${this.parts.simulatorUrl}/control/behaviours`, {
              method: 'PUT',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(rules),
            }),
          );
        const done = this.#putting.then(put);
        this.#putting = done.catch(() => undefined);
        return done.then(() => undefined);
      },
    });
  }

  /** The API as a case manager of a municipality calls it. */
  async manager(municipality = 'GM0150'): Promise<Caller> {
    return patient(await this.parts.as({ role: 'case-manager', subject: 'cm-17', municipality }));
  }

  /** Starts a route; partners are asked once it is identified. */
  async start(api: Caller, more: object = {}): Promise<string> {
    const { status, body } = await api.post('/routes', { ...aStart, municipality: 'GM0150', ...more });
    if (status !== 201) throw new Error(`no route was started: ${status} ${JSON.stringify(body)}`);
    return body.routeId as string;
  }

  async identify(api: Caller, routeId: string): Promise<void> {
    await api.put(`/routes/${routeId}/person`, aPerson);
  }

  /** How the partners behave towards a route, from now on. */
  behave(routeId: string, ...rules: readonly Omit<Behaviour, 'routeId'>[]): Promise<void> {
    return this.#behave(routeId, rules);
  }

  /** Accompanies a route until it stands at a step, be it one of which the request was refused. */
  async at(api: Caller, routeId: string, stepId: string): Promise<StepView> {
    const stands = (route: RouteView) => ['open', 'technical'].includes(stepIn(route, stepId)?.status ?? '');
    const route = await accompany(api, routeId, stands, { withinMs: 60_000 });
    return stepIn(route, stepId)!;
  }

  /** Whether a saved view has a workflow, as the Temporal UI would list it. @param inDays - seen from so many days later */
  async inView(id: string, workflowId: string, inDays = 0): Promise<boolean> {
    const views = viewsOf({ now: new Date(Date.now() + inDays * dayMs), municipalities: [] });
    const { query } = views.find((view) => view.id === id)!;
    const { count } = await this.client.workflow.count(`${query} AND WorkflowId = '${workflowId}'`);
    return count === 1;
  }

  /** The current details that the UI shows of a workflow, decoded. */
  async details(workflowId: string): Promise<string> {
    const handle = this.client.workflow.getHandle(workflowId);
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    return currentDetails;
  }

  /** How long until the request of a route that is tried again is sent next; 0: none is. */
  async backOffMs(routeId: string): Promise<number> {
    const { raw } = await this.client.workflow.getHandle(`route/${routeId}`).describe();
    const next = raw.pendingActivities?.map(
      ({ scheduledTime }) => Number(scheduledTime?.seconds ?? 0) * 1000,
    );
    return Math.max(0, ...(next ?? []).map((at) => at - Date.now()));
  }

  /** What operations type in the Temporal UI, as Update `repair`. */
  async repair(routeId: string, typed: Omit<TypedRepair, 'by'>): Promise<void> {
    const args: [TypedRepair] = [{ ...typed, by: 'ops-1' }];
    await this.client.workflow.getHandle(`route/${routeId}`).executeUpdate(repair, { args });
  }

  /** `npm run ops -- …`. @returns what it printed, and its exit code */
  ops(...args: readonly string[]): Promise<{ code: number; out: string }> {
    const run = ['--import', 'tsx', join(root, 'ops/main.ts'), ...args];
    const env = { ...process.env, ...this.#env };
    return new Promise((resolve) => {
      execFile(process.execPath, run, { cwd: root, env }, (error, stdout, stderr) => {
        const code = error ? Number(error.code ?? 1) : 0;
        resolve({ code, out: stdout + stderr });
      });
    });
  }

  /** The same, for what has to succeed. @throws Error with what it said */
  async opsDone(...args: readonly string[]): Promise<string> {
    const { code, out } = await this.ops(...args);
    if (code !== 0) throw new Error(`ops ${args.join(' ')} ended with ${code}: ${out}`);
    return out;
  }

  /** Accompanies a route to its end. @throws Error when it is none that a whole route has, or a partner acted twice */
  async toItsEnd(api: Caller, routeId: string): Promise<string> {
    const route = await accompany(api, routeId, ({ closedAt }) => closedAt !== undefined, {
      withinMs: endsWithinMs,
      everyMs: 500,
    });
    const { stage, ending, health } = route;
    const end = `${stage}, ${ending}, ${health}`;
    if (end !== 'closed, completed, OnTrack') throw new Error(`it ended as ${end}`);
    const { totals } = await this.books(routeId);
    if (totals.actedTwice > 0) throw new Error('a partner acted twice');
    return `${stage}, ${ending}`;
  }

  /** What the partners wrote down of a route. */
  async books(routeId: string): Promise<Books> {
    const url = `${this.parts.simulatorUrl}/control/ledger?routeId=${routeId}`;
    return (await (await fetch(url)).json()) as Books;
  }

  /** An alert on refused events: the kinds for which it goes off, and what it says of a party. */
  async alert(name: string, party: string): Promise<{ kinds: readonly string[]; says: string }> {
    const rules = await readFile(join(root, 'monitoring/rules/partners.yml'), 'utf8');
    const rule = rules.split(`alert: ${name}\n`)[1]!.split('- alert:')[0]!;
    const says = /summary: '(.*)'/.exec(rule)![1]!.replace('{{ $labels.party }}', party);
    return { kinds: /kind=~"([^"]+)"/.exec(rule)![1]!.split('|'), says };
  }

  /** How many events of a party were refused in these ways, as Prometheus would read it. */
  async refusedEvents(party: string, kinds: readonly string[]): Promise<number> {
    const text = await (await fetch(this.metricsUrl)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('outflow_partner_events_refused_total{'));
    const ours = lines.filter(
      (line) => line.includes(`party="${party}"`) && kinds.some((kind) => line.includes(`kind="${kind}"`)),
    );
    return ours.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}

export const stepIn = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
