/**
 * The shapes that the control flow of a route can take, each as a scenario that is played once and recorded. Names are
 * for good: they are the names of the committed histories. A new branch in a workflow needs a new scenario.
 */
import type { RouteView } from '../../contracts/views.ts';
import { leaveNews, rollOver } from '../../workflows/outflow-route.messages.ts';
import { isClosed, isDone, isOpen, isTechnical, ok, stepOf, type Place, type Scene } from './scene.ts';

export interface Scenario {
  readonly name: string;
  /** Runs of fifty events, in place of a thousand. */
  readonly shortRuns?: true;
  /** The record system speaks ZGW: it tells nothing later. */
  readonly speaksZgw?: true;
  /** Leaves runs behind by itself; any other scenario is one run, unless a busy machine splits it. */
  readonly manyRuns?: true;
  /** Where it plays; left out: where no cooperation agreement holds. */
  readonly place?: Place;
  /** Brings the route to where its history is taken. */
  readonly play: (scene: Scene) => Promise<unknown>;
}

const reason = { reason: 'Afgesproken in het overleg' };
const home = isDone('housing.key-handover');
const unsafe = { accepted: false, reason: 'unsafe' };

/** A route on its way, whose partners behave like this. */
async function begun(scene: Scene, rules: Parameters<Scene['behave']>[0] = []): Promise<void> {
  await scene.behave(rules);
  await scene.identify();
}

/** A route that stands still at a step, because nobody answers. */
const parkedAt = (stepId: string, name = `open-at-${stepId.replace('.', '-')}`): Scenario => ({
  name,
  async play(scene) {
    await begun(scene, [{ stepId, mode: 'silent' }]);
    await scene.until(isOpen(stepId));
  },
});

/** A route that has come to a step, recorded before anything more happens to it. */
const arrivedAt = (stepId: string): Scenario => ({
  name: `open-at-${stepId.replace('.', '-')}`,
  async play(scene) {
    await begun(scene);
    await scene.until(isOpen(stepId));
  },
});

const whole: Scenario[] = [
  {
    name: 'completed',
    async play(scene) {
      await begun(scene);
      await scene.until(isClosed);
    },
  },
  {
    name: 'completed-without-debts',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.debt-screening', mode: 'normal', result: { debts: 'none' } }]);
      await scene.until(isClosed);
    },
  },
  {
    name: 'not-granted', // recorded when a refusal ended the route at once: now its debts would go on
    async play(scene) {
      await begun(scene, [{ stepId: 'debt.registration', mode: 'silent' }]);
      await scene.until(isClosed, { decision: { granted: false, reason: 'Geen gronden' } });
    },
  },
  {
    name: 'not-granted-for-good',
    manyRuns: true,
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.debt-screening', mode: 'normal', result: { debts: 'none' } }]);
      await scene.until(isClosed, { decision: { granted: false, reason: 'Geen gronden' } });
    },
  },
  {
    name: 'not-granted-then-objected',
    async play(scene) {
      await begun(scene, [{ stepId: 'housing.urgency', mode: 'silent' }]);
      const decision = { granted: false, reason: 'Geen gronden' };
      await scene.until((route) => stepOf(route, 'intake.decision')?.status === 'refused', { decision });
      await scene.post('/steps/intake.decision/objection', reason);
      await scene.until(isOpen('housing.urgency'));
    },
  },
  {
    name: 'grant-taken-back',
    manyRuns: true,
    async play(scene) {
      await begun(scene, [
        { stepId: 'intake.debt-screening', mode: 'normal', result: { debts: 'none' } },
        { stepId: 'housing.urgency', mode: 'silent' },
      ]);
      await scene.until(isOpen('housing.urgency'));
      await scene.post('/steps/intake.decision/redo', reason);
      await scene.until(isClosed, { decision: { granted: false, reason: 'Blijkt elders ingeschreven' } });
    },
  },
  {
    // What is still to be told when a run ends is for the next one.
    name: 'reopened-leaves-release',
    manyRuns: true,
    async play(scene) {
      await begun(scene, [{ stepId: 'debt.first-talk', mode: 'silent' }]);
      await scene.until(isOpen('debt.first-talk'));
      await scene.post('/reopenings', { track: 'debt', ...reason });
      await scene.until((route) => (stepOf(route, 'debt.first-talk')?.attempt ?? 1) > 1);
    },
  },
  {
    name: 'closed-early',
    async play(scene) {
      await begun(scene, [{ stepId: 'debt.first-talk', mode: 'silent' }]);
      await scene.until(isOpen('debt.first-talk'));
      await scene.post('/closure', reason);
      await scene.until(isClosed);
    },
  },
  {
    // The parties erase, the key is destroyed while the file is on its way, and the file names nobody.
    name: 'erased-under-way',
    async play(scene) {
      await begun(scene, [{ stepId: 'debt.first-talk', mode: 'silent' }]);
      await scene.until(isOpen('debt.first-talk'));
      await scene.post('/notes', { note: 'Wil vergeten worden' });
      await scene.post('/erasure', {});
      ok(await scene.director.post(`${scene.path}/erasure/decision`, { granted: true, ...reason }));
      await scene.until(isClosed);
    },
  },
  {
    name: 'closed-by-its-file-alone',
    speaksZgw: true,
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', mode: 'silent' }]);
      await scene.until(isOpen('intake.skills'));
      await scene.post('/closure', reason);
      await scene.until(isClosed);
    },
  },
  {
    name: 'short-runs',
    shortRuns: true,
    manyRuns: true,
    async play(scene) {
      await begun(scene);
      await scene.until(home);
    },
  },
];

const partners: Scenario[] = [
  {
    name: 'address-known',
    async play(scene) {
      const result = { addressKnown: true };
      await begun(scene, [{ stepId: 'intake.registry-check', mode: 'normal', result }]);
      await scene.until(isDone('income.benefit'));
    },
  },
  {
    name: 'refused-then-redone',
    async play(scene) {
      await begun(scene, [{ stepId: 'income.postal-address', attempt: 1, mode: 'refusing' }]);
      await scene.until(isDone('income.benefit'), { redoes: true });
    },
  },
  {
    name: 'technical-then-redone',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', attempt: 1, mode: 'rejecting' }]);
      await scene.until(isTechnical);
      await scene.post('/steps/intake.skills/redo', reason);
      await scene.until(isDone('intake.skills'));
    },
  },
  {
    name: 'partner-down-then-up',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.debt-screening', mode: 'down' }]);
      await scene.until(isTechnical);
      await scene.behave([]);
      await scene.until(isDone('intake.debt-screening'));
    },
  },
  {
    name: 'redone-while-partner-down',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', attempt: 1, mode: 'down' }]);
      await scene.until(isTechnical);
      await scene.post('/steps/intake.skills/redo', reason);
      await scene.until(isDone('intake.skills'));
    },
  },
  {
    name: 'early-and-duplicate-news',
    async play(scene) {
      await begun(scene, [
        { mode: 'duplicate' },
        { party: 'housing-corporation', mode: 'out-of-order' },
        { party: 'debt-service', mode: 'out-of-order' },
      ]);
      await scene.until(home);
    },
  },
  {
    name: 'news-left-by-signal',
    async play({ system, routeId, identify, until }) {
      const handle = system.client.workflow.getHandle(`route/${routeId}`);
      const news = { eventId: `${routeId}:left`, party: 'support-provider', kind: 'concern-raised' } as const;
      await handle.signal(leaveNews, { ...news, reason: 'missed-contact' });
      await identify();
      await until(isDone('intake.skills'));
    },
  },
  {
    name: 'overdue-and-escalated',
    async play({ system, path, ...scene }) {
      await begun({ system, path, ...scene }, [{ stepId: 'intake.debt-screening', mode: 'silent' }]);
      for (;;) {
        await scene.until(({ health }) => health === 'Overdue');
        const { body } = await system.api.get(`${path}/timeline`);
        if (body.items.some(({ what }: { what: string }) => what === 'step-escalated')) return;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
  },
];

const offers: Scenario[] = [
  {
    name: 'offer-refused-twice',
    async play(scene) {
      await begun(scene);
      await scene.until(home, { answers: [unsafe, unsafe, { accepted: true }] });
    },
  },
  {
    name: 'offer-withdrawn',
    async play(scene) {
      await begun(scene);
      const { offers } = await scene.until((route) => route.offers.some(({ status }) => status === 'open'));
      const data = { offerId: offers[0]!.offerId, reason: 'home-not-available' };
      await scene.tell('housing-corporation', 'offer-withdrawn', data);
      await scene.until(home);
    },
  },
];

const byHand: Scenario[] = [
  {
    name: 'housing-training-beside-the-search',
    async play(scene) {
      const result = { skills: { 'handling-money': 2 as const } };
      await begun(scene, [{ stepId: 'housing.training', mode: 'normal', result }]);
      const consent = { purposes: ['housing-training'], givenOn: '2026-10-01' };
      await scene.put('/consents/support-provider', consent);
      await scene.post('/housing-training', { skills: ['handling-money'] });
      await scene.until(isDone('housing.training'));
    },
  },
  {
    name: 'creditors-refuse-and-the-court-admits',
    async play(scene) {
      const settlement = 'debt.compulsory-settlement';
      await begun(scene, [
        { stepId: 'debt.arrangement', mode: 'refusing', reason: 'creditor-refused' },
        { stepId: settlement, mode: 'refusing', reason: 'court-refused' },
        { stepId: 'debt.statutory-scheme', mode: 'normal', result: { months: 24 } },
      ]);
      await scene.until((route) => stepOf(route, settlement)?.status === 'refused');
      await scene.post('/steps/debt.cooling-off/begin', reason);
      await scene.post('/steps/debt.statutory-scheme/begin', reason);
      await scene.until(isDone('debt.cooling-off'));
      await scene.until(home);
    },
  },
  {
    name: 'cti-thin-network-at-transfer',
    async play(scene) {
      await begun(scene);
      const invited = await scene.post('/supporters', {
        relation: 'neighbour',
        support: ['practical'],
        name: 'M. de Vries',
        reach: '06 12345678',
        personAgrees: true,
      });
      const supporter = invited.headers.get('location')!.replace('/v1', '');
      ok(await scene.system.api.patch(supporter, { status: 'accepted', consent: true }));
      await scene.until(isOpen('cti.transition'));
      const date = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
      await scene.post('/contacts', { date, kind: 'visit', with: ['person'] });
      await scene.until(isOpen('cti.transfer-of-care'));
      ok(await scene.system.api.patch(supporter, { takesPart: true }));
      ok(await scene.system.api.patch(supporter, { status: 'dropped-out' }));
      await scene.until(isDone('cti.transfer-meeting'));
    },
  },
  {
    name: 'on-hold-and-gone-on',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', attempt: 1, mode: 'silent' }]);
      await scene.until(isOpen('intake.skills'));
      await scene.post('/hold', { ...reason, until: new Date(Date.now() + 600_000).toISOString() });
      ok(await scene.system.api.delete(`${scene.path}/hold`));
      await scene.post('/steps/intake.skills/redo', reason);
      await scene.until(isDone('intake.skills'));
    },
  },
  {
    name: 'on-hold-until-its-end',
    async play(scene) {
      await begun(scene);
      await scene.post('/hold', { ...reason, until: new Date(Date.now() + 2000).toISOString() });
      await scene.until(isDone('income.benefit'));
    },
  },
  {
    name: 'skipped-by-two',
    async play(scene) {
      await begun(scene, [{ stepId: 'debt.first-talk', mode: 'silent' }]);
      await scene.until(isOpen('debt.first-talk'));
      await scene.post('/steps/debt.first-talk/skip', reason);
      ok(await scene.director.post(`${scene.path}/steps/debt.first-talk/skip`, reason));
      await scene.until(isDone('debt.plan'));
    },
  },
  {
    name: 'completed-by-hand',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', mode: 'silent' }]);
      await scene.until(isOpen('intake.skills'));
      await scene.post('/steps/intake.skills/complete', reason);
      await scene.until(isDone('housing.urgency'));
    },
  },
  {
    name: 'objection-granted',
    async play(scene) {
      const postal = 'income.postal-address';
      await begun(scene, [{ stepId: postal, attempt: 1, mode: 'refusing' }]);
      await scene.until((route) => stepOf(route, postal)?.status === 'refused');
      await scene.post(`/steps/${postal}/objection`, reason);
      await scene.until(isDone(postal, 'income.benefit'));
    },
  },
  {
    name: 'concern-settled-then-deleted',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', mode: 'silent' }]);
      await scene.until(isOpen('intake.skills'));
      const { body } = await scene.post('/concerns', { kind: 'crisis', from: 'gp' });
      await scene.post('/closure', reason);
      await scene.until(({ concerns: [concern] }) => concern?.overdue === true);
      const settled = { ...reason, outcome: 'contact-made' };
      await scene.post(`/concerns/${body.concerns[0].concernId}/settle`, settled);
      await scene.deleted();
    },
  },
  {
    name: 'transfer-accepted',
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', attempt: 1, mode: 'silent' }]);
      await scene.until(isOpen('intake.skills'));
      const from = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
      await scene.post('/transfer', { ...reason, municipality: 'GM0363', from, personAgrees: true });
      const receiver = { role: 'process-director', subject: 'pd-363', municipality: 'GM0363' } as const;
      const there = await scene.system.as(receiver);
      ok(await there.post(`${scene.path}/transfer/accept`, { caseManager: 'cm-363' }));
      ok(await there.post(`${scene.path}/steps/intake.skills/redo`, reason));
      const isThere = async () => isDone('intake.skills')((await there.get(scene.path)).body);
      while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 250));
    },
  },
  {
    name: 'file-completed-by-hand',
    async play(scene) {
      await begun(scene, [
        { stepId: 'intake.skills', mode: 'silent' },
        { party: 'record-system', mode: 'down' },
      ]);
      await scene.until(isOpen('intake.skills'));
      await scene.post('/closure', reason);
      await scene.until(isTechnical);
      await scene.post('/steps/closure.file/complete', reason);
      await scene.until(isClosed);
    },
  },
  {
    name: 'handed-over',
    async play(scene) {
      ok(await scene.system.api.put(`${scene.path}/case-manager`, { caseManager: 'cm-21' }));
      await begun(scene);
      await scene.until(isDone('intake.skills'));
    },
  },
  {
    name: 'reopened-track',
    manyRuns: true,
    async play(scene) {
      await begun(scene);
      await scene.until(isOpen('cti.try-out'));
      await scene.post('/reopenings', { ...reason, track: 'cti', from: 'cti.transition' });
      await scene.until(
        (route) => (stepOf(route, 'cti.transition')?.attempt ?? 0) > 1 && isOpen('cti.try-out')(route),
      );
    },
  },
  {
    name: 'redone-when-passed',
    manyRuns: true,
    async play(scene) {
      await begun(scene);
      await scene.until(isDone('income.benefit'));
      await scene.post('/steps/income.benefit/redo', reason);
      await scene.until(
        (route) => stepOf(route, 'income.benefit')?.attempt === 2 && isDone('income.benefit')(route),
      );
    },
  },
  {
    name: 'rolled-over',
    manyRuns: true,
    async play(scene) {
      await begun(scene, [{ stepId: 'intake.skills', mode: 'silent' }]);
      await scene.until(isOpen('intake.skills'));
      const handle = scene.system.client.workflow.getHandle(`route/${scene.routeId}`);
      const { runId } = await handle.describe();
      await handle.signal(rollOver);
      while ((await handle.describe()).runId === runId)
        await new Promise((resolve) => setTimeout(resolve, 100));
      await scene.post('/steps/intake.skills/complete', reason);
    },
  },
];

/** Under an agreement in which each party waits for another, and where nobody gets a postal address. */
const inDeadlock = (
  name: string,
  rules: Parameters<Scene['behave']>[0],
  then: (scene: Scene) => Promise<unknown>,
): Scenario => ({
  name,
  place: { municipality: 'GM0014', region: 'demo-region' },
  async play(scene) {
    await begun(scene, [{ stepId: 'income.postal-address', mode: 'refusing' }, ...rules]);
    await then(scene);
  },
});

const roundIs = (status: string) => (route: RouteView) => route.rounds.at(-1)?.status === status;

const deadlocks: Scenario[] = [
  inDeadlock('deadlock-all-commit', [], (scene) => scene.until(home)),
  inDeadlock('deadlock-open-round', [{ stepId: 'commitment.debt-service', mode: 'silent' }], (scene) =>
    scene.until(roundIs('asking')),
  ),
  inDeadlock(
    'deadlock-declined-then-again',
    [{ stepId: 'commitment.housing-corporation', attempt: 1, mode: 'refusing' }],
    async (scene) => {
      await scene.until(roundIs('released'));
      await scene.post('/commitments', reason);
      await scene.until(roundIs('active'));
    },
  ),
  inDeadlock(
    'deadlock-promise-broken',
    [
      { stepId: 'commitment.benefits-office', mode: 'breaking', delayMs: 700 },
      ...['income.benefit', 'debt.stabilisation', 'housing.offer'].map((stepId) => ({
        stepId,
        mode: 'silent' as const,
      })),
    ],
    (scene) => scene.until(roundIs('broken')),
  ),
  // As runs have been since each task in which something was heard leaves an event, and a place comes before the search.
  inDeadlock('deadlock-with-traces', [], (scene) => scene.until(home)),
  inDeadlock(
    'released-with-traces',
    [{ stepId: 'commitment.housing-corporation', attempt: 1, mode: 'refusing' }],
    (scene) => scene.until(roundIs('released')),
  ),
];

const parked: Scenario[] = [
  { name: 'open-at-intake-identity', play: (scene) => scene.until(isOpen('intake.identity')) },
  parkedAt('intake.registry-check'),
  arrivedAt('intake.decision'),
  parkedAt('debt.first-talk'),
  parkedAt('income.benefit', 'open-blocked-on-income'),
  parkedAt('debt.arrangement'),
  parkedAt('housing.offer'),
  arrivedAt('housing.offer-answer'),
  parkedAt('housing.support', 'open-blocked-on-support'),
  arrivedAt('debt.repayment'),
  arrivedAt('cti.transition'),
  arrivedAt('aftercare.first-interval'),
  parkedAt('closure.file'),
];

/** Every scenario, in the order of a route. */
export const scenarios: readonly Scenario[] = [
  ...whole,
  ...partners,
  ...offers,
  ...byHand,
  ...deadlocks,
  ...parked,
];
