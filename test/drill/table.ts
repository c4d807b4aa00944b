/** What is written down of each failure while it is gone through, and the table of all. */
import { until } from '../support/until.ts';

const readWithinMs = 15_000;

/** One failure's record. Each step that does not come true within its time ends the failure, and is named in the table. */
export class Drilled {
  readonly name: string;
  readonly #say: (line: string) => void;
  #brokeAt = 0;
  #found: string[] = [];
  #after: string[] = [];
  #cause: string[] = [];
  #mended = '';
  #end = '';
  #fault: string | undefined;

  constructor(name: string, say: (line: string) => void) {
    this.name = name;
    this.#say = (line) => say(`${name}: ${line}`);
  }

  /** From here on it counts how long it takes until the failure is found. */
  breaks(what: string, at = Date.now()): void {
    this.#brokeAt = at;
    this.#say(what);
  }

  /** @param by - the view, alert or check by which it has to be found; @param seconds - within how long */
  async found<T>(by: string, seconds: number, look: () => Promise<T | undefined | false>): Promise<T> {
    this.#say(`waits until ${by} has it, ${seconds} s at the most`);
    const left = this.#brokeAt + seconds * 1000 - Date.now();
    const seen = await until(`found by ${by}`, look, left, 500);
    const took = (Date.now() - this.#brokeAt) / 1000;
    this.#say(`found by ${by} after ${took.toFixed(1)} s`);
    this.#found.push(by);
    this.#after.push(`${took.toFixed(0)} of ${seconds} s`);
    return seen;
  }

  /** What people read about it has all of these words. @param text - asked until it has */
  async reads(where: string, text: () => Promise<string>, ...words: readonly RegExp[]): Promise<void> {
    let last = '';
    const hits = await until(
      'the cause can be read',
      async () => {
        last = await text();
        const all = words.map((each) => each.exec(last)?.[0]);
        return all.every((hit) => hit !== undefined) && all;
      },
      readWithinMs,
      500,
    ).catch(() => {
      throw new Error(`${where} does not say why: ${last}`);
    });
    this.#say(`read in ${where}:\n${indented(last)}`);
    this.#cause.push(hits[0] ?? '');
  }

  /** @param how - the entry of the runbook, and by what */
  async mended(how: string, act: () => Promise<unknown>): Promise<void> {
    await act();
    this.#say(`mended: ${how}`);
    this.#mended = [this.#mended, how].filter(Boolean).join(', ');
  }

  ended(end: string): void {
    this.#say(`at its end: ${end}`);
    this.#end = end;
  }

  failed(error: unknown): void {
    this.#fault = error instanceof Error ? error.message : String(error);
    this.#say(`FAILED: ${this.#fault}`);
  }

  get isGood(): boolean {
    return this.#fault === undefined && this.#end !== '';
  }

  get isFailed(): boolean {
    return this.#fault !== undefined;
  }

  /** Its line of the table. */
  get cells(): readonly string[] {
    const fault = this.#fault?.split('\n')[0]?.slice(0, 90);
    return [
      this.name,
      this.#found.join(' + ') || '-',
      this.#after.join(' + ') || '-',
      this.#cause.join(' / ') || '-',
      this.#mended || '-',
      this.#end || '-',
      this.isGood ? 'good' : `FAILED: ${fault}`,
    ];
  }
}

const indented = (text: string) => text.replaceAll(/^/gm, '         | ');

/** As Markdown, so that it stands in the docs as it was printed. */
export function tableOf(all: readonly Drilled[]): string {
  const head = ['failure', 'found by', 'after', 'cause read', 'mended by', 'end', 'verdict'];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...all.map(({ cells }) => line(cells))].join(
    '\n',
  );
}
