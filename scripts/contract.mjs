// npm run test:contract [-- --role partner]: every operation of the running API, called by schemathesis (test/contract).
import { runMain, SetUpError } from './lib/errors.mjs';
import { run } from './lib/run.mjs';
import { runWithTemporal } from './lib/with-temporal.mjs';

await runMain(async () => {
  const { ok, stdout } = await run('schemathesis', ['--version'], { timeoutMs: 60_000 });
  if (!ok || !/version 4\./.test(stdout))
    throw new SetUpError(
      'schemathesis 4 is not installed, or not on the PATH: `pip install "schemathesis>=4.32,<5"`, in a virtual environment at best.',
    );
  return runWithTemporal('test/contract/main.ts');
});
