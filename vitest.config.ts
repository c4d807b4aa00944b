import { defineConfig } from 'vitest/config';

/** Two cores: files that need no server run beside those that do; time skipping is global, so its files take turns. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'plain',
          include: [
            'test/{domain,properties,architecture,platform,simulator,scripts,activities,adapters}/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/{workflow,system,api,replay}/**/*.test.ts'],
          globalSetup: 'test/support/bundle-for-all.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
