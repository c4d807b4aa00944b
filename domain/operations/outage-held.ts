/** The routes that an outage holds, and what is told of it. */
import type { Outage } from './outage.ts';

/** How many an outage holds at the most: what travels from run to run stays under a megabyte and a half. */
export const heldAtMost = 40_000;

const idLength = 32;

/** Ids of routes; between runs without hyphens, one behind the other. */
export class Held {
  readonly #ids: Set<string>;

  constructor(packed = '') {
    this.#ids = new Set();
    for (let at = 0; at < packed.length; at += idLength) this.#ids.add(packed.slice(at, at + idLength));
  }

  get size(): number {
    return this.#ids.size;
  }

  has(routeId: string): boolean {
    return this.#ids.has(bare(routeId));
  }

  add(routeId: string): void {
    this.#ids.add(bare(routeId));
  }

  delete(routeId: string): void {
    this.#ids.delete(bare(routeId));
  }

  clear(): void {
    this.#ids.clear();
  }

  all(): string[] {
    return [...this.#ids].map((id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  }

  packed(): string {
    return [...this.#ids].join('');
  }
}

const bare = (routeId: string): string => routeId.replaceAll('-', '');

const phases = {
  holding: 'routes staan in de wacht',
  'letting-go': 'routes gaan verder',
  ended: 'voorbij',
} as const;

/** Markdown, for the current details. */
export function outageText(
  status: Outage & {
    readonly phase: keyof typeof phases;
    readonly held: number;
    readonly goneOn: number;
    readonly left: number;
    readonly unreached: number;
    readonly endedBy?: string;
  },
): string {
  const { party, by, since, until, phase, held, goneOn, left, unreached, endedBy } = status;
  const next = `- verwacht einde: ${until}; eerder: Update \`end\` met \`{"by":"ops-1"}\`; later: \`extend\``;
  return [
    `**Storing bij ${party}**: ${phases[phase]}`,
    `- sinds ${since}, gemeld door ${by}${endedBy ? `, beëindigd door ${endedBy}` : ''}`,
    `- in de wacht door deze storing: ${held}${held >= heldAtMost ? ' (meer past er niet in)' : ''}`,
    ...(phase === 'holding' ? [] : [`- hervat: ${goneOn}`]),
    `- met rust gelaten, want iemand anders besliste: ${left}`,
    `- niet bereikt, wordt opnieuw geprobeerd: ${unreached}`,
    ...(phase === 'holding' ? [next] : []),
  ].join('\n');
}
