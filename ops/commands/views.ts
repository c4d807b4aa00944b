/** npm run ops -- views: the saved views, each with how many routes stand in it, and its link into the Temporal UI. */
import { parseArgs } from 'node:util';
import { Municipality } from '../../contracts/ids.ts';
import { connectClient } from '../../platform/connection.ts';
import { print, tell } from '../lib/told.ts';
import { OpsSettings, readSettings, SettingsError } from '../../platform/settings.ts';
import { linkTo, viewsOf } from '../views.ts';
import { viewsTable } from '../views-table.ts';

const countedWithinMs = 10_000;

export const name = 'views';
export const usage =
  '[--municipality GM0153]... [--links] [--json] [--markdown]: the saved views of stuck routes, with how many stand in each; --links: without counting; --markdown: for the docs';

/** @throws SettingsError */
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
  if (values.markdown) {
    print(viewsTable());
    return 0;
  }
  const wrong = values.municipality.find((each) => !Municipality.safeParse(each).success);
  if (wrong) throw new SettingsError(`--municipality ${wrong}: must be a CBS code, such as GM0153`);
  const all = viewsOf({ now: new Date(), municipalities: values.municipality });
  const at = { ui: settings.TEMPORAL_UI_URL, namespace: settings.TEMPORAL_NAMESPACE };
  const client = values.links ? undefined : await connectClient(settings);
  try {
    const shown = [];
    for (const view of all) {
      if (client && !values.json) tell(`Counting ${shown.length + 1} of ${all.length}: ${view.id}`);
      const found = await client?.withDeadline(Date.now() + countedWithinMs, () =>
        client.workflow.count(view.query),
      );
      const { id, title, query, repairs, dated } = view;
      const count = found && { count: found.count };
      shown.push({ id, title: title.nl, ...count, link: linkTo(view, at), query, dated, repairs });
    }
    if (values.json) print(JSON.stringify(shown, null, 2));
    else
      for (const { title, count, link } of shown)
        print(`${count === undefined ? '' : `${String(count).padStart(6)}  `}${title}\n        ${link}`);
  } finally {
    await client?.connection.close();
  }
  return 0;
}
