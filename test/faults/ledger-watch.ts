/** The housing agreement beside a campaign: made, made larger, and looked at for places that are held twice or by nobody. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HousingAgreementBody } from '../../contracts/housing-agreement.ts';
import type { utilisation } from '../../domain/housing-agreement/views.ts';
import type { Answer, Caller } from '../support/api-caller.ts';
import { persist } from '../support/persist.ts';

/** Nothing of it is kept back from a process director. */
type Utilisation = ReturnType<typeof utilisation>;

const settledWithinMs = 60_000;

export class LedgerWatch {
  readonly #director: Caller;
  readonly #path: string;
  #places: number;
  #wrong: string[] = [];
  #growing = Promise.resolve();

  private constructor(director: Caller, path: string, places: number) {
    this.#director = director;
    this.#path = path;
    this.#places = places;
  }

  /** Makes this year's agreement of the example region. */
  static async begin(director: Caller, places: number): Promise<LedgerWatch> {
    const year = new Date().toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' });
    const watch = new LedgerWatch(director, `/housing-agreements/demo-region/${year}`, places);
    await persistently(() => director.put(watch.#path, agreed(places)));
    return watch;
  }

  /** Looks at what is held; more than there is would be a place promised twice. */
  async look(): Promise<Utilisation> {
    const { body } = await persistently(() => this.#director.get(`${this.#path}/utilisation`));
    const seen = body as Utilisation;
    const held = seen.reserved + seen.realised;
    if (held > this.#places) this.#wrong.push(`${held} places are held, ${this.#places} are agreed`);
    return seen;
  }

  /** The corporation adds places; one amendment at a time. */
  grow(places: number): Promise<void> {
    this.#growing = this.#growing.then(() => this.#grow(places));
    return this.#growing;
  }

  async #grow(places: number): Promise<void> {
    for (let isDone = this.#places >= places; !isDone;) {
      const { headers, body } = await persistently(() => this.#director.get(this.#path));
      isDone = body.agreed[0].places >= places; // by a call whose answer got lost
      this.#places = places; // first: what is granted by it may be seen before the answer is
      const amend = () =>
        this.#director.put(this.#path, agreed(places), { 'if-match': headers.get('etag')! });
      if (!isDone) await amend().catch(() => undefined);
    }
  }

  /** What is wrong in the end, where each of so many routes has its home. */
  async atTheEnd(routes: number): Promise<readonly string[]> {
    const end = Date.now() + settledWithinMs;
    let seen = await this.look();
    while (seen.realised < routes && Date.now() < end) {
      await sleep(200);
      seen = await this.look();
    }
    const { realised, reserved, queued } = seen;
    const isRight = realised === routes && reserved === 0 && queued === 0;
    return isRight
      ? this.#wrong
      : [
          ...this.#wrong,
          `${routes} homes, but ${realised} realised, ${reserved} reserved, ${queued} waiting`,
        ];
  }
}

const agreed = (places: number): HousingAgreementBody => ({
  agreed: [{ corporation: 'lefier', municipality: 'GM0014', housingForm: 'own-home', places }],
  spread: [],
  reservationDays: 30,
});

/** Calls until something is there that answers. @throws Error for what is refused: nothing here may be */
export async function persistently<T extends Pick<Answer, 'status'>>(call: () => Promise<T>): Promise<T> {
  const { answer } = await persist(call);
  if (answer.status >= 400) throw new Error(`status ${answer.status}`);
  return answer;
}
