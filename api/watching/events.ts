/** The events of a stream of changes, as text. Their names and data are described in docs/watching.md. */
import type { Known } from './memory.ts';

/** Why a stream ends: its token has expired; come again at once; the route is none of yours any more. */
export type EndReason = 'token-expired' | 'reconnect' | 'route-left';

/** How long a client waits before it connects again, unless it knows better. */
const retryMs = 3000;

const event = (name: string, data: string, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;

/** The texts of one change; made once, however many hear of it. */
export interface Told {
  readonly known: Known;
  readonly changed: string;
  readonly left: string;
}

export function toldOf(known: Known, id: string): Told {
  const { now, text } = known;
  return {
    known,
    changed: event('route-changed', text, id),
    left: event('route-left', JSON.stringify({ routeId: now.routeId }), id),
  };
}

export const openingText = `retry: ${retryMs}\n\n`;
/** From here on nothing is missed. */
export const readyText = (id: string): string => event('ready', '{}', id);
/** What changed can't be told any more: the list is to be read anew. */
export const resetText = (id: string): string => event('reset', '{}', id);
/** A sign of life, which also moves the id on. It has no data, so no client takes it for an event. */
export const beatText = (id: string): string => `: beat\nid: ${id}\n\n`;
/** The process engine does not answer: what changes meanwhile is told later. */
export const awayText = event('away', '{}');
export const backText = event('back', '{}');
export const endText = (reason: EndReason): string => event('end', JSON.stringify({ reason }));
