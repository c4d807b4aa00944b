// npm run test:faults [-- --quick]: kills every part at every step (test/faults/main.ts); with --rounds: while parties in
// deadlock are asked to commit (test/faults/rounds.ts).
import { runMain } from './lib/errors.mjs';
import { runWithTemporal } from './lib/with-temporal.mjs';

const rounds = process.argv.includes('--rounds');
await runMain(() => runWithTemporal(rounds ? 'test/faults/rounds.ts' : 'test/faults/main.ts'));
