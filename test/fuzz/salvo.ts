/** What partners tell at once about a route as it was just seen: what is right, and all that goes wrong in real life. */
import { PartnerParty } from '../../contracts/vocabulary.ts';
import { isOutside, usualStepIds, steps, type ProcessStepId as StepId } from '../../domain/steps.ts';
import { partyOf as partyOfStep } from '../../domain/template.ts';
import { usualResults } from '../../simulator/partners.ts';
import type { RouteView, StepView } from '../../contracts/views.ts';
import { stepsOf } from '../faults/matrix.ts';
import type { Chance } from './chance.ts';
import { told, type Telling, type Told } from './told.ts';

/** A delivery to make, under the row of the table that it belongs to. */
export interface Sending {
  readonly event: Told;
  readonly row: string;
}

const requests = usualStepIds.filter((id) => steps[id].kind === 'request' && id !== 'closure.file');
const partyOf = (stepId: StepId): PartnerParty => {
  const party = partyOfStep(stepId);
  if (!isOutside(party)) throw new Error(`${stepId} is no request`);
  return party;
};
const concerns = ['rent-arrears', 'nuisance', 'missed-contact', 'crisis', 'supporter-lost', 'other'] as const;

/** Makes events, from the route's state and chance. What was told before is told again now and then. */
export class Salvo {
  readonly #routeId: string;
  readonly #chance: Chance;
  readonly #before: readonly Told[];

  constructor(routeId: string, chance: Chance, before: readonly Told[]) {
    this.#routeId = routeId;
    this.#chance = chance;
    this.#before = before;
  }

  /** Everything that is told at once now, in the order in which it is sent. */
  about(view: RouteView): Sending[] {
    const chance = this.#chance;
    const seen = stepsOf(view).filter(({ stepId }) => requests.includes(stepId as StepId));
    const open = seen.filter(({ status }) => status === 'open' || status === 'technical');
    const closed = seen.filter(({ status }) => status === 'done' || status === 'refused');
    const toCome = requests
      .map(
        (stepId) => seen.find((step) => step.stepId === stepId) ?? { stepId, status: 'blocked', attempt: 1 },
      )
      .filter(({ status }) => status === 'blocked');
    const answers = [
      ...chance.some(open, 4).flatMap((step) => this.#answers(step, 'answer')),
      ...chance.some(toCome, chance.from(0, 2)).flatMap((step) => this.#answers(step, 'early answer')),
    ];
    const sendings = [
      ...answers,
      ...chance.some(closed, chance.from(0, 2)).flatMap((step) => this.#tooLate(step)),
      ...chance.some([...open, ...closed], chance.of(0.2) ? 1 : 0).map((step) => this.#tooFar(step)),
      ...this.#concerns(),
      ...this.#withdrawals(view, answers),
      ...this.#nonsense(),
    ];
    const again = chance.some(this.#before, chance.from(0, 3)).map((event) => this.#again(event));
    return chance.shuffled([...sendings, ...again]);
  }

  /** The only answer that is right at the end of a route; and whatever else comes then. */
  afterwards(): Sending[] {
    const stepId = this.#chance.one(requests);
    return [
      ...this.#answers({ stepId, attempt: 1 }, 'answer after the end'),
      ...this.#concerns(),
      ...this.#chance.some(this.#before, 6).map((event) => this.#again(event)),
    ];
  }

  /** The record system has the file. */
  lastAnswer(view: RouteView): Sending[] {
    const step = stepsOf(view).find(({ stepId }) => stepId === 'closure.file');
    return step?.status === 'open' ? this.#answers(step, 'answer') : [];
  }

  #event(telling: Telling): Told {
    return told(telling, this.#routeId);
  }

  /** One answer, now and then another one beside it; each some times over, and its id by another party as well. */
  #answers({ stepId: id, attempt }: Pick<StepView, 'stepId' | 'attempt'>, row: string): Sending[] {
    const chance = this.#chance;
    const stepId = id as StepId;
    const right = this.#answer(stepId, attempt, chance.of(0.15));
    const rivals = chance.of(0.35) ? [this.#answer(stepId, attempt, chance.of(0.3))] : [];
    const namesakes = chance.of(0.12) ? [this.#namesake(right)] : [];
    return [
      { event: right, row },
      ...Array.from({ length: chance.from(0, 2) }, () => this.#again(right)),
      ...rivals.map((event) => ({ event, row: `second ${row}` })),
      ...namesakes.map((event) => ({ event, row: 'same id, other party' })),
    ];
  }

  #answer(stepId: StepId, attempt: number, refuses: boolean): Told {
    const id = this.#chance.id();
    const requestId = `${this.#routeId}:${stepId}:${attempt}`;
    const about = { party: partyOf(stepId), id, stepId, attempt };
    if (refuses && stepId !== 'closure.file')
      return this.#event({
        ...about,
        kind: 'refusal',
        type: 'step-refused',
        data: { requestId, reason: 'not-possible' },
      });
    if (stepId === 'housing.offer') {
      const offerId = `offer-${id}`;
      const data = { requestId, offerId, housingForm: 'own-home' };
      return this.#event({ ...about, kind: 'answer', offerId, type: 'offer-made', data });
    }
    // The event's id as its result: the route must end with that of the event that it says it applied.
    const usual = { ...usualResults[stepId], ...(this.#chance.of(0.3) && { addressKnown: true }) };
    const data = { requestId, result: { ...usual, solution: id } };
    return this.#event({ ...about, kind: 'answer', type: 'step-completed', data });
  }

  #again(event: Told): Sending {
    return { event, row: 'the same again' };
  }

  /** The same id, by somebody else: another event. */
  #namesake({ id, party }: Told): Told {
    return this.#concern(this.#chance.one(PartnerParty.options.filter((each) => each !== party)), id);
  }

  #concern(party = this.#chance.one(PartnerParty.options), id = this.#chance.id()): Told {
    const reason = this.#chance.one(concerns);
    const note = this.#chance.of(0.3) ? { note: 'Gebeld, niemand deed open' } : {};
    const data = { kind: reason, ...note };
    return this.#event({ party, id, kind: 'concern', reason, type: 'concern-raised', data });
  }

  #concerns(): Sending[] {
    return Array.from({ length: this.#chance.from(0, 2) }, () => this.#concern()).flatMap((event) => [
      { event, row: 'concern' },
      ...(this.#chance.of(0.4) ? [this.#again(event)] : []),
    ]);
  }

  /** About a step that was answered, and about an attempt that was superseded. */
  #tooLate({ stepId, attempt }: StepView): Sending[] {
    const earlier = attempt > 1 ? this.#chance.from(1, attempt - 1) : 0;
    return [
      ...this.#answers({ stepId, attempt }, 'answer to what is answered').slice(0, 1),
      ...(earlier > 0 ? this.#answers({ stepId, attempt: earlier }, 'superseded attempt').slice(0, 2) : []),
    ];
  }

  #tooFar({ stepId, attempt }: StepView): Sending {
    return {
      event: this.#answer(stepId as StepId, attempt + this.#chance.from(2, 5), false),
      row: 'unknown request',
    };
  }

  /** Of the offer that is open, and of one that waits, was answered, or is on its way at this moment. */
  #withdrawals({ offers }: RouteView, now: readonly Sending[]): Sending[] {
    const chance = this.#chance;
    const made = (events: readonly Told[]) =>
      events.flatMap(({ offerId, kind }) => (offerId && kind === 'answer' ? [offerId] : []));
    const known = offers.filter(({ status }) => status === 'open').map(({ offerId }) => offerId);
    const withdrawn = [
      ...chance.some(known, chance.of(0.25) ? 1 : 0),
      ...chance.some(made(this.#before), chance.of(0.2) ? 1 : 0),
      ...chance.some(made(now.map(({ event }) => event)), chance.of(0.2) ? 1 : 0),
    ];
    return [...new Set(withdrawn)].flatMap((offerId) => {
      const data = { offerId, reason: 'sold' };
      const about = { party: 'housing-corporation', id: chance.id(), kind: 'withdrawal', offerId } as const;
      const event = this.#event({ ...about, type: 'offer-withdrawn', data });
      return [{ event, row: 'withdrawal' }, ...(chance.of(0.3) ? [this.#again(event)] : [])];
    });
  }

  /** Well-formed, and of no use to anybody. */
  #nonsense(): Sending[] {
    const chance = this.#chance;
    const sendings: Sending[] = [];
    const about = (stepId: StepId) => ({
      party: partyOf(stepId),
      id: chance.id(),
      stepId,
      attempt: 1,
      data: { requestId: `${this.#routeId}:${stepId}:1` },
    });
    if (chance.of(0.12)) {
      const offer = { offerId: `offer-${chance.id()}`, housingForm: 'own-home' };
      const wrong = about('housing.contract');
      const data = { ...wrong.data, ...offer };
      sendings.push({
        event: this.#event({ ...wrong, kind: 'wrong kind', type: 'offer-made', data }),
        row: 'wrong kind',
      });
    }
    if (chance.of(0.12))
      sendings.push({
        event: this.#event({ ...about('housing.offer'), kind: 'wrong kind', type: 'step-completed' }),
        row: 'wrong kind',
      });
    if (chance.of(0.08))
      sendings.push({
        event: this.#event({ ...about('debt.plan'), kind: 'no round', type: 'commitment-given' }),
        row: 'no open round',
      });
    return sendings;
  }
}
