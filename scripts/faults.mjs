// npm run test:faults [-- --quick]: kills every part at every step (test/faults/main.ts); with --rounds: while parties in
// deadlock are asked to commit (test/faults/rounds.ts); with --each-event: at each event of that (test/faults/each-event.ts).
import { runMain } from './lib/errors.mjs';
import { runWithTemporal } from './lib/with-temporal.mjs';

const which = ['rounds', 'each-event'].find((each) => process.argv.includes(`--${each}`)) ?? 'main';
await runMain(() => runWithTemporal(`test/faults/${which}.ts`));
