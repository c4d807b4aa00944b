/** What a command says: lines for people, or with --json a line of JSON for each thing. */
export interface Teller {
  /** One thing: as it is with --json, else in words. */
  thing(thing: object, words: string): void;
  /** For people alone. */
  say(words: string): void;
  /** How far it is: on the error stream, over the line before where that is a terminal. */
  progress(words: string): void;
}

/** Longer than this nobody is left without a word. */
const silentForMs = 2000;

/** Waits for something; says what for where it takes longer than two seconds. */
export async function noticed<T>(
  told: Pick<Teller, 'progress'>,
  words: string,
  awaited: Promise<T>,
): Promise<T> {
  const late = setTimeout(() => told.progress(words), silentForMs);
  return awaited.finally(() => clearTimeout(late));
}

/** `1 route`, `2 routes`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export function teller(json: boolean): Teller {
  const { stdout, stderr } = process;
  const write = (line: string) => stdout.write(`${line}\n`);
  let isOpen = false;
  const end = () => {
    if (isOpen) stderr.write('\n');
    isOpen = false;
  };
  return {
    thing(thing, words) {
      end();
      write(json ? JSON.stringify(thing) : words);
    },
    say(words) {
      end();
      if (!json) write(words);
    },
    progress(words) {
      if (json) return;
      stderr.write(stderr.isTTY ? `\r\u001B[K${words}` : `${words}\n`);
      isOpen = stderr.isTTY;
    },
  };
}
