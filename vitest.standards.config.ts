import { defineConfig } from 'vitest/config';

/** Apart from the other tests: these need published documents that are no part of the product. */
export default defineConfig({
  test: { pool: 'forks', maxWorkers: 2, include: ['test/standards/**/*.test.ts'] },
});
