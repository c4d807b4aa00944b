import { bundleWorkflowCode } from '@temporalio/worker';
import { beforeAll, expect, it } from 'vitest';
import { workflowsPath } from '../../worker/create-worker.ts';

let modules: readonly string[];

beforeAll(async () => {
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
  modules = [...new Set([...code.matchAll(/"(\.\/[^"\s]+\.(?:ts|js|cjs|json))"/g)].map(([, path]) => path!))];
});

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
