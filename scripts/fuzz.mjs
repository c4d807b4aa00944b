// npm run test:fuzz [-- --quick]: partner news twice, early, late and at once, under kill -9 (test/fuzz/main.ts).
import { runMain } from './lib/errors.mjs';
import { runWithTemporal } from './lib/with-temporal.mjs';

await runMain(() => runWithTemporal('test/fuzz/main.ts'));
