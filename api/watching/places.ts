/** How many streams may be open: of one client, and of all of them together. */
import { t } from '../../contracts/text.ts';
import { ApiProblem } from '../problems.ts';

export interface Room {
  /** Of the same subject of a token: some tabs on some devices. */
  readonly perSubject: number;
  /** Each holds a connection and some memory. */
  readonly inAll: number;
}

const usual: Room = { perSubject: 20, inAll: 2000 };

export class Places {
  readonly #room: Room;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(room: Partial<Room> = {}) {
    this.#room = { ...usual, ...room };
  }

  /**
   * Takes a place.
   * @returns gives it back; may be called more than once
   * @throws ApiProblem too-many-streams, no-room-for-streams
   */
  take(subject: string): () => void {
    const mine = this.#taken.get(subject) ?? 0;
    if (mine >= this.#room.perSubject) throw tooMany(this.#room.perSubject);
    if (this.#all >= this.#room.inAll) throw noRoom();
    this.#taken.set(subject, mine + 1);
    this.#all += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#giveBack(subject);
      isTaken = false;
    };
  }

  #giveBack(subject: string): void {
    const left = this.#taken.get(subject)! - 1;
    if (left > 0) this.#taken.set(subject, left);
    else this.#taken.delete(subject);
    this.#all -= 1;
  }
}

function tooMany(most: number): ApiProblem {
  return new ApiProblem(
    'too-many-streams',
    t(
      `U volgt al ${most} keer; sluit eerst een andere verbinding.`,
      `You watch ${most} times already; close another connection first.`,
    ),
  );
}

function noRoom(): ApiProblem {
  return new ApiProblem(
    'no-room-for-streams',
    t(
      'Er wordt al door zoveel anderen gevolgd als hier kan.',
      'As many others watch already as there is room for here.',
    ),
  );
}
