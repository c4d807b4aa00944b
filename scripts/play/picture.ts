/** A bar per track over the months: what was under way, what waited for something missing, what was overdue. */
import type { RouteView, TrackView } from '../../contracts/views.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { dateText } from './teller.ts';
import { texts, trackText } from './texts.ts';
import type { Look } from './walk.ts';

const COLUMNS = 60;
const COLUMNS_PER_DATE = 15;
const LABEL_WIDTH = 12;

/** From the best to the worst: of all that a column saw of a track, the worst is shown. */
const glyphs = [' ', '█', '=', '░', '!'] as const;
type Glyph = (typeof glyphs)[number];

/** The picture, as lines. */
export function pictureOf(
  looks: readonly Look[],
  { rules, language }: { rules: string; language: Language },
): string[] {
  const last = looks.at(-1);
  if (!last) return [];
  const from = Date.parse(last.route.startedAt);
  const to = Date.parse(last.route.closedAt ?? last.at);
  const columnMs = Math.max((to - from) / COLUMNS, 1);
  const columnOf = (at: string) =>
    Math.min(COLUMNS - 1, Math.max(0, Math.floor((Date.parse(at) - from) / columnMs)));
  const bars = last.route.tracks.map(({ track }): string => {
    const bar = Array<Glyph>(COLUMNS).fill(' ');
    for (const [i, { at, route }] of looks.entries()) {
      const glyph = glyphOf(
        route,
        route.tracks.find((each) => each.track === track)!,
      );
      // What a look saw held until the next one.
      const end = columnOf(looks[i + 1]?.at ?? at);
      for (let column = columnOf(at); column <= end; column += 1) bar[column] = worst(bar[column]!, glyph);
    }
    return `${trackText(track, language).padEnd(LABEL_WIDTH)}${bar.join('')}`.trimEnd();
  });
  const dates = Array.from({ length: COLUMNS / COLUMNS_PER_DATE }, (_, i) => {
    const at = new Date(from + i * COLUMNS_PER_DATE * columnMs).toISOString();
    return `|${dateText(at, rules)}`.padEnd(COLUMNS_PER_DATE);
  });
  const header = ' '.repeat(LABEL_WIDTH) + dates.join('').trimEnd();
  return [texts.picture[language], header, ...bars, ' '.repeat(LABEL_WIDTH) + texts.legend[language]];
}

const worst = (one: Glyph, other: Glyph): Glyph =>
  glyphs.indexOf(one) >= glyphs.indexOf(other) ? one : other;

/** How a track is at one moment. */
function glyphOf({ hold, waits }: RouteView, { track, status, steps }: TrackView): Glyph {
  if (status !== 'running') return ' ';
  const own = waits.filter((wait) => wait.track === track);
  // Between two of its steps a track waits for another one to come so far.
  if (own.length === 0) return ' ';
  if (hold) return '=';
  if (own.some(({ overdue }) => overdue)) return '!';
  const open = steps.some((step) => step.status === 'open');
  return open ? '█' : '░';
}
