/**
 * Running routes survive a change: every committed history is replayed against the workflows as they are. When one
 * fails, the change breaks routes of people who are under way: see docs/new-versions.md. Never record it anew.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { inWords } from '../../scripts/replay/place.ts';
import { ledgerScenarios } from '../../scripts/replay/ledger-scenarios.ts';
import { scenarios } from '../../scripts/replay/scenarios.ts';
import { bundleOnce } from '../support/bundle.ts';
import { committed, historyNames, verdictsOn } from './support.ts';

const names = await historyNames();
/** By name: `fits`, or where it breaks and why. */
const outcomes = new Map<string, string>();

beforeAll(async () => {
  for (const { name, broken } of await verdictsOn(await bundleOnce(), await committed(names)))
    outcomes.set(name, broken ? `${name} breaks ${inWords(broken)}: ${broken.message}` : 'fits');
});

it('every shape of control flow has a history', () => {
  const recorded = new Set(names.map((name) => name.split('.')[0]));
  const shapes = [...scenarios, ...ledgerScenarios];
  expect(shapes.map(({ name }) => name).filter((name) => !recorded.has(name))).toEqual([]);
});

describe('the workflows as they are still fit the history', () => {
  it.each(names)('%s', (name) => {
    expect(outcomes.get(name)).toBe('fits');
  });
});
