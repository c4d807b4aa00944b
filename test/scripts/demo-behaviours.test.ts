import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { behaviourSetter } from '../../scripts/scenario/behaviours.ts';
import type { Scenario } from '../../scripts/scenario/scenario.ts';
import { createSimulator } from '../../simulator/create-simulator.ts';

const ids = ['4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22', '5f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22'] as const;
const silent = (stepId: string) => ({ partners: [{ stepId, mode: 'silent' }] }) as unknown as Scenario;

it('a later start of the demo takes no behaviour away from a route while it sets that of another', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'demo-behaviours-'));
  const simulator = createSimulator({ dataDir });
  const running = await simulator.start();
  const { url } = running;
  const held = async () => {
    const rules = (await (await fetch(`${url}/control/behaviours`)).json()) as { routeId: string }[];
    return rules.map(({ routeId }) => routeId).sort();
  };
  const first = await behaviourSetter(url);
  await Promise.all([first(silent('debt.arrangement'), ids[0]), first(silent('debt.plan'), ids[1])]);
  expect(await held()).toEqual(ids);
  const later = await behaviourSetter(url);
  await later(silent('debt.plan'), ids[1]);
  expect(await held()).toEqual(ids);
  await running.close();
  await rm(dataDir, { recursive: true });
});
