/** The practices of the regions as scenarios: each goes through its months as it says, on a server of its own. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playOne } from '../../scripts/play/play.ts';
import { rulesWith } from '../../scripts/play/rules.ts';
import { createWorld } from '../../scripts/play/world.ts';
import { holds } from '../../scripts/scenario/expect.ts';
import { examplesFolder, readScenarios } from '../../scripts/scenario/read.ts';

const progress = { during: <T>(_: string, work: Promise<T>) => work };

it.concurrent.each([
  'eva.json',
  'naima.json',
  'assen',
  'twente',
  'housing-first',
  'venlo',
  'relapse.json',
  'longer-at-home',
  'moving-municipality.json',
  'not-granted.json',
])('%s goes as it says', async (name) => {
  const [scenario] = await readScenarios(join(examplesFolder, name));
  const { folder: rulesFolder, remove } = await rulesWith(scenario!.folder, 'nl');
  const under = { rules: 'nl', rulesFolder, language: 'nl' } as const;
  const world = await createWorld({ fast: true, ...under });
  const { signal } = new AbortController();
  try {
    const playing = { scenario: scenario!, world, ...under, say: () => {}, progress, signal };
    const { ok, walked } = await playOne(playing);
    expect(walked.findings.length).toBeGreaterThan(10);
    expect(walked.findings.filter((finding) => !holds(finding))).toEqual([]);
    expect([ok, walked.refused]).toEqual([true, []]);
  } finally {
    await world.stop();
    await remove();
  }
});
