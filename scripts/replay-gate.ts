/**
 * `npm run replay-gate`, with the code that is to be rolled out: replays every open route against it, and names those
 * that would break. Exit code 1 when there are any. `--roll-over` brings those past it, `--json` is for programs.
 */
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { connectClient, temporalAway } from '../platform/connection.ts';
import { readSettings, SettingsError, WorkerSettings } from '../platform/settings.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { gate, rollOverAll, type Gated } from './replay/gate.ts';
import { inWords } from './replay/place.ts';

const options = { json: { type: 'boolean' }, 'roll-over': { type: 'boolean' } } as const;

async function main(): Promise<number> {
  const { json, 'roll-over': mayRollOver } = parseArgs({ options }).values;
  // What does not fit is in the verdict: the SDK need not say it as well.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
    shutdownSignals: [],
  });
  const settings = readSettings(WorkerSettings, process.env);
  const client = await connectClient(settings);
  await client
    .withDeadline(Date.now() + 5000, () => client.connection.ensureConnected())
    .catch(() => {
      throw temporalAway(settings.TEMPORAL_ADDRESS);
    });
  const workflowBundle = settings.WORKFLOW_BUNDLE
    ? { codePath: settings.WORKFLOW_BUNDLE }
    : await bundleWorkflows();
  const pass = () => gate({ client, workflowBundle, onProgress });

  let gated = await pass();
  const rolledOver = mayRollOver ? gated.broken : [];
  if (rolledOver.length > 0) {
    say(`rolling ${rolledOver.length} over`);
    await rollOverAll(client, rolledOver);
    gated = await pass();
  }
  process.stdout.write(json ? asJson(gated, rolledOver) : asText(gated, rolledOver));
  await client.connection.close();
  return gated.broken.length > 0 ? 1 : 0;
}

const say = (text: string) => void process.stderr.write(`${text}\n`);

function onProgress(replayed: number, open: number): void {
  if (replayed % 100 === 0 || replayed === open) say(`${replayed} of ${open} open routes replayed`);
}

function asJson({ open, broken }: Gated, rolledOver: Gated['broken']): string {
  return `${JSON.stringify({ open, broken, rolledOver: rolledOver.map(({ routeId }) => routeId) }, null, 2)}\n`;
}

function asText({ open, broken }: Gated, rolledOver: Gated['broken']): string {
  const lines = broken.map((route) => `${route.routeId}  ${route.stage}  breaks ${inWords(route)}`);
  const past = rolledOver.length > 0 ? `; ${rolledOver.length} asked to wait for it` : '';
  return [...lines, `${broken.length} of ${open} open routes would break under this code${past}`, ''].join(
    '\n',
  );
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
}
