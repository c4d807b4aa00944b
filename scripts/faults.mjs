// npm run test:faults [-- --quick]: kills every part at every step (test/faults/main.ts).
import { runMain } from './lib/errors.mjs';
import { runWithTemporal } from './lib/with-temporal.mjs';

await runMain(() => runWithTemporal('test/faults/main.ts'));
