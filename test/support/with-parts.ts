/** The parts as processes over a data folder of their own; all of it is gone afterwards, whatever happens. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOnce } from './bundle.ts';
import { createParts, type Parts } from './processes.ts';

export interface Campaign {
  readonly parts: Parts;
  readonly dataDir: string;
  /** The workflow bundle, built once. */
  readonly bundle: string;
}

/**
 * Runs a campaign or a benchmark and exits: 0 when it says true, else 1.
 * @param environment - settings of the parts
 * @param bundled - the workflow bundle; left out: the product's
 * @param own - settings of one part besides
 */
export async function withParts(
  environment: Record<string, string>,
  run: (campaign: Campaign) => Promise<boolean>,
  bundled: () => Promise<{ code: string }> = bundleOnce,
  own: Parameters<typeof createParts>[2] = {},
): Promise<never> {
  const dataDir = await mkdtemp(join(tmpdir(), 'outflow-bench-'));
  const bundle = join(dataDir, 'workflow-bundle.js');
  await writeFile(bundle, (await bundled()).code);
  const parts = await createParts(dataDir, { ...environment, WORKFLOW_BUNDLE: bundle }, own);
  const cleanUp = async () => {
    await parts.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
  try {
    process.exitCode = (await run({ parts, dataDir, bundle })) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await cleanUp();
  }
  process.exit();
}
