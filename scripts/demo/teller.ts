/** Tells in the terminal what happens to one route: one line per change, with the stage that held at that line. */
import type { RouteView, TimelineEntry } from '../../contracts/views.ts';

/** What a look at a route found: its timeline, and then its view, which so is never older than a line. */
export interface Look {
  readonly items: readonly Pick<TimelineEntry, 'at' | 'what' | 'by' | 'sentence'>[];
  readonly route: Pick<RouteView, 'routeId' | 'startedAt' | 'stage' | 'stageSince' | 'health' | 'waits'>;
}

/** What nobody needs to read. */
const quiet = new Set(['request-accepted', 'step-opened']);

/**
 * Makes what is called after each look.
 * @param isNew - whether the route has just started; of an older one it is told where it stands, and then what is new
 */
export function tellerOf({
  label,
  isNew,
  say,
}: {
  label: string;
  isNew: boolean;
  say: (line: string) => void;
}): (look: Look) => void {
  const tell = (at: string, text: string) => say(`${clock(at)}  ${label.padEnd(10)} ${text}`);
  /** By what they say: a long timeline leaves out what is routine, so that no number stands for an entry. */
  const told = new Set<string>();
  let before: Look['route'] | undefined;
  return ({ items, route }) => {
    if (!before) tell(isNew ? route.startedAt : new Date().toISOString(), standing(route, isNew));
    const news = items.filter((item) => !told.has(nameOf(item)));
    const fresh = before || isNew ? news.filter(({ what }) => !quiet.has(what)) : [];
    for (const [i, { at, what, by, sentence }] of fresh.entries()) {
      // How well the route was at an earlier line is not known any more.
      const health = i === fresh.length - 1 ? `/${route.health}` : '';
      const stage = [route, before].find((each) => each && at >= each.stageSince)?.stage;
      tell(at, `${sentence.padEnd(52)} ${by.padEnd(20)} ${stage ? stage + health : ''}`.trimEnd());
      const wait = route.waits.find(({ overdue }) => overdue);
      if (what === 'step-overdue' && wait)
        say(`${' '.repeat(21)}→ ${wait.sentence}; ${wait.nextMoveSentence}`);
    }
    for (const item of news) told.add(nameOf(item));
    before = route;
  };
}

const nameOf = ({ at, what, by, sentence }: Look['items'][number]): string =>
  [at, what, by, sentence].join(' ');

/** The route's id, and of one that was under way before also where it stands. */
function standing({ routeId, stage, health, waits }: Look['route'], isNew: boolean): string {
  if (isNew) return routeId;
  const wait = waits.find(({ overdue }) => overdue) ?? waits[0];
  const why = wait ? `\n${' '.repeat(21)}→ ${wait.sentence}; ${wait.nextMoveSentence}` : '';
  return `${routeId}  ${stage === 'closed' ? stage : `${stage}/${health}`}${why}`;
}

const clock = (iso: string) => new Date(iso).toLocaleTimeString('nl-NL', { hour12: false });
