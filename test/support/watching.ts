/** A client that watches: reads server-sent events as a browser does. */
import type { RouteSummary } from '../../contracts/views.ts';
import { until } from './until.ts';

export interface HeardEvent {
  readonly event: string;
  readonly id: string;
  // Data of several shapes; what tests expect is checked by their assertions.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

export interface Watching {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly HeardEvent[];
  /** The id that a browser would send when it connects again. */
  readonly lastId: string;
  readonly isOver: boolean;
  /** All that came, as it came. */
  readonly text: string;
  /** Waits for an event; gives the first that fits. */
  heard(event: string, fits?: (data: HeardEvent['data']) => boolean): Promise<HeardEvent>;
  /** What was told of a route, in order. */
  of(routeId: string): RouteSummary[];
  close(): void;
}

/** Opens a stream, and waits until it is `ready`. An answer that is none is given back as it is. */
export async function watch(
  url: string,
  token: string,
  { lastEventId, awaitReady = true }: { lastEventId?: string; awaitReady?: boolean } = {},
): Promise<Watching> {
  const closing = new AbortController();
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    signal: closing.signal,
  });
  const events: HeardEvent[] = [];
  const state = { text: '', lastId: lastEventId ?? '', isOver: false };
  const take = (block: string) => {
    const fields = block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line)?.slice(1) ?? []);
    const field = (name: string) => fields.find(([key]) => key === name)?.[1];
    state.lastId = field('id') ?? state.lastId;
    const data = field('data');
    if (data === undefined) return; // no event
    events.push({ event: field('event')!, id: state.lastId, data: JSON.parse(data) });
  };
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true });
      state.text += text;
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      blocks.forEach(take);
    }
  };
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  if (isStream)
    void read()
      .catch(() => undefined) // it was broken off
      .finally(() => (state.isOver = true));
  const watching: Watching = {
    status: response.status,
    headers: response.headers,
    events,
    get lastId() {
      return state.lastId;
    },
    get isOver() {
      return state.isOver;
    },
    get text() {
      return state.text;
    },
    heard: (event, fits = () => true) =>
      until(`${event} is heard`, () => events.find((each) => each.event === event && fits(each.data))),
    of: (routeId) =>
      events
        .filter(({ event, data }) => event === 'route-changed' && data.routeId === routeId)
        .map(({ data }) => data),
    close: () => closing.abort(),
  };
  if (isStream && awaitReady) await watching.heard('ready');
  return watching;
}
