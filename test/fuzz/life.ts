/** One route's life: what partners tell about it, and what its case manager does meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RouteView } from '../../contracts/views.ts';
import type { StepId } from '../../domain/steps.ts';
import { stepOf } from '../../domain/template.ts';
import type { Caller } from '../support/api-caller.ts';
import { aPerson, aStart } from '../support/case-manager.ts';
import { persist } from '../support/persist.ts';
import { stepsOf } from '../faults/matrix.ts';
import type { Chance } from './chance.ts';
import { verdictOf } from './oracle.ts';
import { Salvo, type Sending } from './salvo.ts';
import type { Partners, Told } from './told.ts';

/** Something the case manager did; what it did to the route may have happened at any moment in between. */
export interface Deed {
  readonly what: 'redo' | 'close' | 'accept' | 'refuse';
  /** Of a redo: the step, and the attempt that came to be. */
  readonly stepId?: StepId;
  readonly attempt?: number;
  readonly offerId?: string;
  readonly sentAt: number;
  answeredAt: number;
  /** The route took it; refused deeds change nothing. */
  isDone: boolean;
}

/** A look at the route: what it shows held at some moment in between. */
export interface Look {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly view: RouteView;
}

export interface Life {
  readonly routeId: string;
  readonly told: Told[];
  readonly deeds: Deed[];
  readonly looks: Look[];
}

export interface World {
  readonly manager: Caller;
  readonly partners: Partners;
  /** Called for each delivery that was answered. */
  readonly onDelivery: () => void;
}

const rounds = 11;
const decision = { granted: true, housingForm: 'own-home', reason: 'Klaar om zelfstandig te wonen' };

const begun = new Set(['open', 'done', 'refused', 'technical']);

/** Requests but for the offers: a new search begins by itself when one is refused or withdrawn. */
const mayBeRedone = (stepId: string): boolean =>
  stepOf({}, stepId as StepId).kind === 'request' && stepId !== 'housing.offer' && stepId !== 'closure.file';

/** Lives a route from its start; ends when everything that was sent has been answered. */
export async function live(
  name: string,
  chance: Chance,
  { manager, partners, onDelivery }: World,
): Promise<Life> {
  const body = { ...aStart, person: aPerson, wishes: { living: 'Zelfstandig' } };
  const key = { 'idempotency-key': name };
  const { answer } = await persist(() => manager.post('/routes', body, key));
  const life: Life = { routeId: answer.body.routeId, told: [], deeds: [], looks: [] };
  const path = `/routes/${life.routeId}`;
  const salvo = new Salvo(life.routeId, chance, life.told);
  const known = new Map<string, Told>();

  async function look(): Promise<RouteView> {
    const sentAt = performance.now();
    const { answer: seen } = await persist(() => manager.get(path));
    life.looks.push({ sentAt, answeredAt: performance.now(), view: seen.body as RouteView });
    return seen.body as RouteView;
  }

  async function send(sendings: readonly Sending[]): Promise<void> {
    for (const { event } of sendings) known.set(`${event.party}:${event.id}`, event);
    await Promise.all(
      sendings.map(async ({ event, row }) => {
        await partners.tell(event, row);
        onDelivery();
      }),
    );
    life.told.splice(0, life.told.length, ...known.values());
    await askAfterQueued();
  }

  /** Only some receipts are kept, so it is asked soon. */
  async function askAfterQueued(): Promise<void> {
    for (const event of life.told.filter((each) => !verdictOf(each))) {
      const asked = await partners.askAfter(event, life.routeId);
      if (asked) event.asked = asked;
    }
  }

  let deeds = 0;
  async function act(about: Omit<Deed, 'sentAt' | 'answeredAt' | 'isDone'>, to: string, what: object) {
    const deed: Deed = { ...about, sentAt: performance.now(), answeredAt: Infinity, isDone: false };
    life.deeds.push(deed);
    deeds += 1;
    const header = { 'idempotency-key': `${name}-${deeds}` };
    const { answer: done } = await persist(() => manager.post(`${path}${to}`, what, header));
    deed.answeredAt = performance.now();
    deed.isDone = done.status < 300;
  }

  /** What the case manager does at this look; at most one step is redone at a time. */
  function deedsOf(view: RouteView): Promise<void>[] {
    const acts: Promise<void>[] = [];
    const seen = stepsOf(view);
    if (seen.some(({ stepId, status }) => stepId === 'intake.decision' && status === 'open'))
      acts.push(persist(() => manager.post(`${path}/decision`, decision)).then(() => undefined));
    const offer = view.offers.find(({ status }) => status === 'open');
    if (offer && chance.of(0.8)) {
      const accepted = chance.of(0.7);
      const { offerId } = offer;
      const answer = accepted ? { accepted } : { accepted, reason: 'unsuitable' };
      acts.push(act({ what: accepted ? 'accept' : 'refuse', offerId }, `/offers/${offerId}/answer`, answer));
    }
    const redoable = seen.filter(({ stepId, status }) => mayBeRedone(stepId) && begun.has(status));
    const refused = seen.find(({ status }) => status === 'refused');
    const chosen =
      (chance.of(0.7) ? refused : undefined) ?? (chance.of(0.3) ? chance.some(redoable, 1)[0] : undefined);
    if (chosen) {
      const redone = { what: 'redo', stepId: chosen.stepId as StepId, attempt: chosen.attempt + 1 } as const;
      acts.push(act(redone, `/steps/${chosen.stepId}/redo`, { reason: 'Opnieuw' }));
    }
    return acts;
  }

  /** A route does not close before each open concern was looked after. */
  async function settleConcerns({ concerns }: RouteView): Promise<void> {
    const settled = { outcome: 'contact-made', reason: 'Gebeld' };
    for (const { concernId } of concerns.filter(({ outcome }) => outcome === undefined))
      await persist(() => manager.post(`${path}/concerns/${concernId}/settle`, settled));
  }

  for (let round = 0; round < rounds; round += 1) {
    const view = await look();
    const sendings = salvo.about(view);
    await Promise.all([send(sendings), ...deedsOf(view)]);
  }
  if (chance.of(0.5)) {
    await act({ what: 'close' }, '/closure', { reason: 'Verhuisd' });
    for (let view = await look(); !view.closedAt; view = await look()) {
      await settleConcerns(view);
      await send(salvo.lastAnswer(view));
      await sleep(200);
    }
    await send(salvo.afterwards());
  }
  return life;
}
