/**
 * Where routes are when version 2 comes, and what then happens to each: who had passed the place of a new step, who
 * had not, who sleeps, and who has a request under way.
 */
import type { RouteView } from '../../contracts/views.ts';
import { isDone, isOpen, ok, stepOf, type Scene } from '../../scripts/replay/scene.ts';
import { hurry } from '../support/hurry.ts';
import { temporal } from './deployment.ts';

/** The steps that only version 2 has. */
export const newSteps = ['debt.first-talk', 'aftercare.first-check-in'] as const;

/** What becomes of a new step: asked in its turn, passed, or never come to since the route was ending. */
type Outcome = 'done' | 'not-asked' | undefined;

export interface Place {
  readonly name: string;
  readonly wokenBy: string;
  /** Brings a route there, on version 1, where it stands still. */
  readonly park: (scene: Scene) => Promise<unknown>;
  /** Sends it something; left out: told while nobody polls. */
  readonly wake?: (scene: Scene) => Promise<unknown>;
  /** What becomes of the new steps, in their order. */
  readonly expected: readonly [Outcome, Outcome];
}

const behind = ['not-asked', 'done'] as const;
const ahead = ['done', 'done'] as const;

/** A partner behaves like this at a step, and the route has come to it and is past another. */
const stuck =
  (stepId: string, mode: 'silent' | 'down', past: string[] = []) =>
  async (scene: Scene) => {
    await scene.behave([{ stepId, mode }]);
    await scene.identify();
    await hurry(scene, (route) => isOpen(stepId)(route) && isDone(...past)(route));
  };
const come =
  (stepIds: string[], habits = {}) =>
  async (scene: Scene) => {
    await scene.identify();
    await hurry(scene, isOpen(...stepIds), { keep: stepIds, habits });
  };
/** The answer of the partner that was silent. */
export const answer =
  (party: 'debt-service' | 'support-provider' | 'record-system', stepId: string) => (scene: Scene) =>
    scene.tell(party, 'step-completed', { requestId: `${scene.routeId}:${stepId}:1` });

const asleep = ['cti.transition', 'debt.repayment'];
const holdMs = 45_000; // until version 2 is current, on a machine that others use as well

export const places: readonly Place[] = [
  {
    name: 'not begun',
    wokenBy: 'case manager identifies',
    park: async () => undefined,
    wake: (scene) => scene.identify(),
    expected: ahead,
  },
  {
    name: 'before the first new step',
    wokenBy: 'partner answers',
    park: stuck('debt.registration', 'silent'),
    wake: answer('debt-service', 'debt.registration'),
    expected: ahead,
  },
  {
    name: 'request in flight',
    wokenBy: 'partner up again',
    park: stuck('debt.plan', 'down', ['debt.stabilisation']),
    wake: (scene) => scene.behave([]),
    expected: behind,
  },
  {
    name: 'request in flight',
    wokenBy: 'handed over, partner down',
    park: stuck('housing.urgency', 'down', ['debt.arrangement']),
    wake: async ({ system, path }) =>
      ok(await system.api.put(`${path}/case-manager`, { caseManager: 'cm-21' })),
    expected: behind,
  },
  {
    name: 'offer open',
    wokenBy: 'offer accepted',
    park: come(['housing.offer-answer', 'debt.repayment'], { answers: [] }),
    wake: async (scene) => {
      const { body } = await scene.system.api.get(scene.path);
      const { offerId } = (body as RouteView).offers.at(-1)!;
      await scene.post(`/offers/${offerId}/answer`, { accepted: true });
    },
    expected: behind,
  },
  {
    name: 'asleep for months',
    wokenBy: 'its own timer',
    park: async (scene) => {
      await come(asleep)(scene);
      const until = new Date(Date.now() + holdMs).toISOString();
      await scene.post('/hold', { reason: 'Tot de nieuwe versie er is', until });
    },
    wake: async () => undefined,
    expected: behind,
  },
  {
    name: 'asleep for months',
    wokenBy: 'operations, by one command',
    park: come(asleep),
    wake: ({ system, routeId }) => {
      const onVersion1 =
        "TemporalWorkerDeploymentVersion = 'outflow-routes:v1' AND ExecutionStatus = 'Running'";
      const query = `${onVersion1} AND WorkflowId = 'route/${routeId}'`; // the others are for what comes next
      const args = [
        '--query',
        query,
        '--name',
        'rollOver',
        '--reason',
        'version 2',
        '--yes',
        '--codec-endpoint',
        '',
      ];
      return temporal(system, 'workflow', 'signal', ...args);
    },
    expected: behind,
  },
  {
    name: 'past both new steps',
    wokenBy: 'partner answers',
    park: stuck('aftercare.second-check-in', 'silent'),
    wake: answer('support-provider', 'aftercare.second-check-in'),
    // Its last answer takes it to its closure in the same workflow task: it never meets them.
    expected: [undefined, undefined],
  },
  {
    name: 'file about to be closed',
    wokenBy: 'partner answers',
    park: stuck('closure.file', 'silent'),
    wake: answer('record-system', 'closure.file'),
    expected: [undefined, undefined],
  },
  {
    name: 'before a new step, past one',
    wokenBy: 'partner, while nobody polls',
    park: stuck('debt.arrangement', 'silent'),
    expected: behind,
  },
];

export const outcomesOf = (route: RouteView) => newSteps.map((stepId) => stepOf(route, stepId)?.status);
