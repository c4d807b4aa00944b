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
  expect([...new Set(folders)].sort()).toEqual(['domain', 'workflows']);
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
