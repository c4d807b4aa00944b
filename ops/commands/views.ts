/** npm run ops -- views: the saved views, each with how many routes stand in it; its link into the Temporal UI. */
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { Municipality } from '../../contracts/ids.ts';
import { OpsSettings, readSettings, SettingsError } from '../../platform/settings.ts';
import { connected } from '../lib/connected.ts';
import { teller, type Teller } from '../lib/told.ts';
import { linkTo, viewsOf, type View } from '../views.ts';
import { viewsTable } from '../views-table.ts';

const countedWithinMs = 10_000;
const atOnce = 8;

export const name = 'views';
export const usage =
  '[--municipality GM0153]... [--links] [--json] [--markdown]: the saved views of stuck routes, with how many stand in each; --links: their links, without counting; --markdown: for the docs';

/** @throws SettingsError, Unreachable */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const settings = readSettings(OpsSettings, env);
  const { values } = parseArgs({
    args: [...args],
    options: {
      municipality: { type: 'string', multiple: true, default: [] },
      links: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
    },
  });
  const told = teller(values.json);
  if (values.markdown) {
    told.thing({ markdown: viewsTable() }, viewsTable());
    return 0;
  }
  const wrong = values.municipality.find((each) => !Municipality.safeParse(each).success);
  if (wrong) throw new SettingsError(`--municipality ${wrong}: must be a CBS code, such as GM0153`);
  const all = viewsOf({ now: new Date(), municipalities: values.municipality });
  const at = { ui: settings.TEMPORAL_UI_URL, namespace: settings.TEMPORAL_NAMESPACE };
  const counts = values.links
    ? undefined
    : await connected(settings, told, (client) => countsOf(client, told, all));
  const shown = all.map((view, i) => {
    const { id, title, query, repairs, dated } = view;
    const count = counts && { count: counts[i]! };
    return { id, title: title.nl, ...count, link: linkTo(view, at), query, dated, repairs };
  });
  // The names that the UI shows are Dutch, and `ops` speaks English.
  const inEnglish = shown.map((each, i) => ({ ...each, title: all[i]!.title.en }));
  told.thing(shown, (counts ? countedLines(inEnglish) : linkLines(inEnglish)).join('\n'));
  return 0;
}

async function countsOf(client: Client, told: Teller, views: readonly View[]): Promise<number[]> {
  const counts: number[] = [];
  told.progress(`Counting in ${views.length} views …`);
  for (let from = 0; from < views.length; from += atOnce) {
    const some = views
      .slice(from, from + atOnce)
      .map(({ query }) =>
        client.withDeadline(Date.now() + countedWithinMs, () => client.workflow.count(query)),
      );
    counts.push(...(await Promise.all(some)).map(({ count }) => count));
  }
  return counts;
}

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly link: string;
}

const idWidth = 32;

/** Those in which routes stand, in the order of the views; the others in one line. */
function countedLines(views: readonly Shown[]): string[] {
  const empty = views.filter(({ count }) => count === 0).map(({ id }) => id);
  return [
    ...views.flatMap(({ id, title, count = 0 }) =>
      count > 0 ? [`${String(count).padStart(6)}  ${id.padEnd(idWidth)} ${title}`] : [],
    ),
    ...(empty.length > 0 ? [`     0  ${empty.join(', ')}`] : []),
    'Their links into the Temporal UI: npm run ops -- views --links',
  ];
}

const linkLines = (views: readonly Shown[]): string[] =>
  views.map(({ id, title, link }) => `${id.padEnd(idWidth)} ${title}\n        ${link}`);
