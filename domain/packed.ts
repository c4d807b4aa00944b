/** Records of one length behind each other in one text: many of them in little room, in a state that is JSON. */

/** The record that begins with a text; undefined when there is none. */
export function recordIn(packed: string, length: number, beginning: string): string | undefined {
  for (let at = 0; at < packed.length; at += length)
    if (packed.startsWith(beginning, at)) return packed.slice(at, at + length);
  return undefined;
}

/** With one more record; of more than are kept, the oldest is left. */
export function withRecord(packed: string, record: string, kept: number): string {
  return (packed + record).slice(-kept * record.length);
}

/** The records of a text, in their order; none of a text that is not there. */
export const parts = (packed: string = '', length: number): string[] =>
  Array.from({ length: packed.length / length }, (_, i) => packed.slice(i * length, (i + 1) * length));
