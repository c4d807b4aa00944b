import { defineConfig } from 'vitest/config';

/** The replay tests by themselves: `npm run record-histories` first, since no history is committed yet. */
export default defineConfig({
  test: { pool: 'forks', include: ['test/replay/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 },
});
