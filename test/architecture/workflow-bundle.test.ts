import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { bundleOnce } from '../support/bundle.ts';

let modules: readonly string[];

beforeAll(async () => {
  const { code } = await bundleOnce();
  modules = [...new Set([...code.matchAll(/"(\.\/[^"\s]+\.(?:ts|js|cjs|json))"/g)].map(([, path]) => path!))];
}, 60_000);

it('the workflow bundle holds the workflows and the domain', () => {
  expect(modules).toContain('./workflows/outflow-route.ts');
  expect(modules).toContain('./domain/partner-news.ts');
});

it('the workflow bundle holds no validation, logging, adapter or HTTP code', () => {
  const folders = modules
    .filter((path) => !path.startsWith('./node_modules/'))
    .map((path) => path.split('/')[1]);
  expect([...new Set(folders)].sort()).toEqual(['domain', 'platform', 'workflows']);
  expect(modules.filter((path) => path.startsWith('./platform/'))).toEqual([
    './platform/failure-converter.cjs',
  ]);
  const packages = modules
    .filter((path) => path.startsWith('./node_modules/'))
    .map((path) =>
      path
        .split('/')
        .slice(2, path.startsWith('./node_modules/@') ? 4 : 3)
        .join('/'),
    );
  expect([...new Set(packages)].sort()).toMatchInlineSnapshot(`
    [
      "@temporalio/common",
      "@temporalio/workflow",
      "long",
      "ms",
      "nexus-rpc",
    ]
  `);
});

it('no module of the bundle holds a state of its own: all routes of a worker share them', () => {
  const root = join(import.meta.dirname, '..', '..');
  const files = ['workflows', 'domain'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(40);
  const mutable =
    /^(?:export )?(?:let|var) |^(?:export )?const \w+(?:: (?!Readonly)[^=]*)? = new (?:Map|Set|WeakMap|WeakSet)\b/m;
  expect(mutable.test('const known = new Set<string>();')).toBe(true);
  expect(files.filter((file) => mutable.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
