/** The table of practices holds: each names a scenario that is played and tests that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const rows = read('docs/practices.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| practice'))
  .map((line) => {
    const [, practice, scenarios, tests] = line.split('|').map((cell) => cell.trim());
    return { practice: practice!, scenarios: scenarios!, tests: tests! };
  });

it('every practice has a row', () => expect(rows.length).toBeGreaterThan(15));

it.each(rows)('$practice', ({ scenarios, tests }) => {
  const played = [...scenarios.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  expect(played).not.toEqual([]);
  const whoPlays = read('test/workflow/scenarios.test.ts') + read('test/system/deadlock.test.ts');
  expect(played.filter((name) => !existsSync(join(root, 'examples', name)))).toEqual([]);
  expect(played.filter((name) => !whoPlays.includes(name.replace('.json', '')))).toEqual([]);
  const named = tests.split('; `test').map((each, i) => (i > 0 ? `\`test${each}` : each));
  const missing = named.filter((each) => {
    const [, file, title] = /^`([^`]+)`: (.+)$/.exec(each)!;
    return !read(file!).includes(title!);
  });
  expect(missing).toEqual([]);
});
