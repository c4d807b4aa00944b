/** The saved views as the table of docs/operations.md: its links are those of `npm start`, its dates left open. */
import { anchorOf } from './runbook.ts';
import { linkTo, viewsOf, type View } from './views.ts';

/** A moment that stands for today: a page can't know when it is read. */
const someday = new Date('2000-01-01T00:00:00Z');
const day = /'(?:199\d)-\d\d-\d\dT00:00:00Z'/;

const at = { ui: 'http://127.0.0.1:8233', namespace: 'default' };

/** Markdown, in English, with the Dutch title that the UI shows. */
export function viewsTable(): string {
  const views = viewsOf({ now: someday, municipalities: ['GM0153'] });
  return [
    '| view | in the UI | what it means | what mends it |',
    '|---|---|---|---|',
    ...views.map((view) => `| \`${view.id}\` | ${titled(view)} | ${view.meaning.en} | ${repairsOf(view)} |`),
  ].join('\n');
}

/** Its query is the part of it that is its own; where that names a day, it has no link that lasts. */
function titled(view: View): string {
  const own = view.query.split(' AND ').slice(-1)[0]!.replace(day, '*a day*');
  return view.dated ? `${view.title.nl} (${own})` : `[${view.title.nl}](${linkTo(view, at)})`;
}

const repairsOf = ({ repairs }: View): string =>
  repairs.map((repair) => `[${repair}](runbook.md#${anchorOf(repair)})`).join(', ');
