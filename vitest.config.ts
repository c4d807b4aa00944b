import { defineConfig } from 'vitest/config';

/** Workers run as the product runs them. */
const withoutPromiseStacks = new URL('worker/without-promise-stacks.mjs', import.meta.url).href;

/**
 * A test waits for what it wants to see, never for a time. Its limits are there for what never comes, and are far above
 * what it takes on a slow machine that has more to do.
 */
const limitMs = 300_000;

const shared = {
  globalSetup: 'test/support/bundle-for-all.ts',
  execArgv: ['--import', withoutPromiseStacks],
  testTimeout: limitMs,
  hookTimeout: limitMs,
  // What files import is loaded once for each worker: anew for each file it costs more than most of their tests. What Vite
  // made of it is kept from one run to the next.
  isolate: false,
  experimental: { fsModuleCache: true },
};

/** What takes longer, and runs where it is asked for and before a change lands: each has its folder. */
const extras = {
  /** What is started as people start it, each a process of its own. */
  production: 'test/production/**/*.test.ts',
  /** Parts that fail, are killed or flooded. */
  outages: 'test/outages/**/*.test.ts',
  /** The Temporal UI in Chromium, beside all that `npm start` brings up. */
  browser: 'test/browser/**/*.test.ts',
};

export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores, and twice as many files: many of them wait for real clocks.
    maxWorkers: 4,
    projects: [
      {
        test: {
          ...shared,
          name: 'usual',
          include: ['test/**/*.test.ts'],
          // Standards are held against their published documents, which are no part of the project: npm run test:standards.
          exclude: [...Object.values(extras), 'test/standards/**'],
          sequence: { groupOrder: 0 },
        },
      },
      ...Object.entries(extras).map(([name, files], i) => ({
        test: { ...shared, name, include: [files], maxWorkers: 2, sequence: { groupOrder: i + 1 } },
      })),
    ],
  },
});
