/** What a command says: lines for people, or with --json a line of JSON for each thing. */
export interface Teller {
  /** One thing: as it is with --json, else in words. */
  thing(thing: object, words: string): void;
  /** For people alone. */
  say(words: string): void;
  /** How far it is: on the error stream, over the line before where that is a terminal. */
  progress(words: string): void;
}

/** A line of the answer. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
/** A line of progress, beside the answer. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);

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
