import { defineConfig } from 'vitest/config';

/**
 * What the files of a project import is loaded once for each worker: anew for each file it costs more than most of
 * their tests. What Vite made of it is kept from one run to the next.
 */
const shared = { isolate: false, experimental: { fsModuleCache: true } };

/** Workers run as the product runs them. */
const withoutPromiseStacks = new URL('worker/without-promise-stacks.mjs', import.meta.url).href;

/**
 * Two cores. What computes runs two at a time: the files that need no server, and those on the time-skipping server,
 * whose clock jumps when nobody works. Files on the development server mostly wait for real clocks, many in a file: three at a time.
 *
 * A test waits for what it wants to see, never for a time. Its limits are there for what never comes, and are far above
 * what it takes on a slow machine that has more to do.
 */
const waiting = {
  ...shared,
  globalSetup: 'test/support/bundle-for-all.ts',
  execArgv: ['--import', withoutPromiseStacks],
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'plain',
          include: [
            'test/{domain,properties,architecture,platform,simulator,scripts,activities,adapters}/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...waiting,
          name: 'months',
          include: ['test/workflow/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...waiting,
          name: 'server',
          include: ['test/{system,api,replay}/**/*.test.ts'],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Parts that are killed and floods of news: `npm test -- --outages`, and what has to hold before a change lands.
        test: {
          ...waiting,
          name: 'outages',
          include: ['test/outages/**/*.test.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        // The Temporal UI in Chromium, beside all that `npm start` brings up: `npm test -- --browser`.
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
