// npm run ops:drill [-- --only NAME]: ten prepared failures, each found, understood, mended and brought to its end
// (test/drill/main.ts).
import { runMain } from './lib/errors.mjs';
import { runWithTemporal } from './lib/with-temporal.mjs';

await runMain(() => runWithTemporal('test/drill/main.ts'));
