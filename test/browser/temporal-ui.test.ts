/** What operations do with a stuck route, in the real Temporal UI beside all that `npm start` brings up. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteView } from '../../contracts/views.ts';
import { caller } from '../support/api-caller.ts';
import { until } from '../support/until.ts';
import { openChromium, picture } from './chromium.ts';
import { npmStart, type Started } from './npm-start.ts';
import { cancelDialog, detailsOf, openView, sendUpdate } from './temporal-ui.ts';

let system: Started;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [system, browser] = await Promise.all([npmStart('joris'), openChromium()]);
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** The link that `npm start` printed for a view. */
const viewOf = (title: string): string =>
  new RegExp(`${title} +(http\\S+)$`, 'm').exec(system.said())?.[1] ??
  `${system.uiUrl}/namespaces/default/workflows?query=${encodeURIComponent("WorkflowType = 'outflowRoute' AND RouteHealth = 'Overdue'")}&savedQuery=Te+laat`;

it('a stuck route is found in a saved view, understood by its details, and mended by an Update', async () => {
  const api = caller(system.apiUrl, system.tokenOf('operations'));

  const link = await until('the demo route is overdue', async () => openView(page, viewOf('Te laat')));
  await picture(page, 'view-overdue');
  const routeId = decodeURIComponent(link).match(/route\/([0-9a-f-]{36})/)![1]!;

  const details = await detailsOf(page, `${system.uiUrl}${link}`);
  await picture(page, 'route-details');
  expect(details).toContain('Regeling met schuldeisers');
  expect(details).toContain('wacht op de schuldhulpverlening');
  expect(details).toMatch(/uiterlijk .* te laat; volgende stap: /);

  const redo = { do: 'redo', step: 'debt.arrangement', because: 'request-lost', by: 'ops-1' };
  const refused = await sendUpdate(page, 'repair', { ...redo, because: 'mevrouw belde' });
  await picture(page, 'repair-refused');
  expect(refused).toContain('Verwacht bij "because": partner-outage, request-lost');
  expect(refused).not.toMatch(/ at .*\.ts/);
  await cancelDialog(page);
  expect(await sendUpdate(page, 'repair', redo)).toBeUndefined();
  await picture(page, 'repair-sent');

  const arrangement = await until('the debt service has answered', async () => {
    const { tracks, health } = (await api.get(`/routes/${routeId}`)).body as RouteView;
    const step = tracks.flatMap(({ steps }) => steps).find(({ stepId }) => stepId === 'debt.arrangement');
    return health === 'OnTrack' && step?.status === 'done' && step;
  });
  expect(arrangement).toMatchObject({ attempt: 2 });
  const { items } = (await api.get(`/routes/${routeId}/timeline`)).body;
  expect(items).toContainEqual(
    expect.objectContaining({ what: 'step-redone', by: 'ops-1', reason: 'request-lost' }),
  );
});
