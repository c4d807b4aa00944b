/**
 * `npm run play -- examples/eva.json --fast`: plays a scenario on the real workflow, worker, API and played partners, and
 * prints what happens. Fast: on the server on which months pass in a moment; else on the development server, in real time.
 * Exit code: 0 when all came as the scenario says, 1 when not, 2 for what cannot be played, 130 after Ctrl-C.
 */
import { SettingsError } from '../platform/settings.ts';
import { HelpAsked, optionsOf, type Options } from './play/options.ts';
import { playOne } from './play/play.ts';
import { createProgress } from './play/progress.ts';
import { rulesWith } from './play/rules.ts';
import { texts } from './play/texts.ts';
import { agreementOf } from './scenario/housing-agreement.ts';
import { readScenarios } from './scenario/read.ts';

const setUpFile = './set-up.mjs'; // plain JavaScript, without types
type Need = 'temporal' | 'test-server';
const logFile = './lib/log.mjs';
interface SetUp {
  setUp: (what: { needs: Need[]; log: unknown }) => Promise<{ temporal: string; testServer: string }>;
}

const STOPPED = 130; // as of any program that ended for Ctrl-C
const SAME_KEYPRESS_MS = 800; // npm passes Ctrl-C on, so that one press arrives here twice

const stopping = new AbortController();
let stopAt = 0;
const onSignal = () => {
  if (stopAt === 0) stopAt = Date.now();
  else if (Date.now() - stopAt > SAME_KEYPRESS_MS) process.exit(STOPPED);
  stopping.abort();
};
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);

/** Finds or makes the server that is needed, which is one line for each try. */
async function findServer(fast: boolean): Promise<void> {
  const [need, variable]: [Need, string] = fast
    ? ['test-server', 'TEMPORAL_TEST_SERVER_PATH']
    : ['temporal', 'TEMPORAL_CLI_PATH'];
  const { setUp } = (await import(setUpFile)) as SetUp;
  const { createLog } = (await import(logFile)) as { createLog: (stream: NodeJS.WriteStream) => unknown };
  const { temporal, testServer } = await setUp({ needs: [need], log: createLog(process.stderr) });
  process.env[variable] = fast ? testServer : temporal;
}

async function main({ path, fast, language, ...options }: Options): Promise<number> {
  const scenarios = await readScenarios(path);
  for (const scenario of scenarios) await agreementOf(scenario);
  const rules = options.rules ?? (fast ? scenarios[0]!.rules : 'demo');
  const { folder: rulesFolder, remove } = await rulesWith(scenarios[0]!.folder, rules);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const progress = createProgress(process.stderr);
  try {
    await findServer(fast);
    // Loaded now, since it takes longer than to say what is wrong with a scenario.
    const { createWorld } = await import('./play/world.ts');
    let isAsExpected = true;
    for (const scenario of scenarios) {
      const starting = createWorld({ fast, rules, rulesFolder, language });
      // One each: the clock of a server that let years pass is not that of the API any more.
      const world = await progress.during(texts.starting[language], starting);
      const { signal } = stopping;
      const playing = { scenario, world, rules, rulesFolder, language, say, progress, signal };
      try {
        const { ok } = await playOne(playing);
        isAsExpected &&= ok;
      } finally {
        await world.stop();
      }
      if (signal.aborted) break;
    }
    return isAsExpected ? 0 : 1;
  } finally {
    await remove();
  }
}

try {
  const code = await main(optionsOf(process.argv.slice(2)));
  process.exit(stopping.signal.aborted ? STOPPED : code);
} catch (error) {
  // A server that got the same Ctrl-C is gone before its callers are.
  if (stopping.signal.aborted) process.exit(STOPPED);
  const { message } = error as Error;
  if (error instanceof HelpAsked) {
    process.stdout.write(`${message}\n`);
    process.exit(0);
  }
  process.stderr.write(`${error instanceof SettingsError ? message : message.split('\n')[0]}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
