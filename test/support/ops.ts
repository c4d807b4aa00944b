/** `npm run ops -- …` within the test's own process: what it prints, as things, and how it ends. */
import { vi } from 'vitest';
import type { OpsCommand } from '../../ops/lib/command.ts';
import type { System } from './system.ts';

export interface OpsAnswer {
  readonly code: number;
  /** Each line of JSON. */
  readonly things: readonly Record<string, unknown>[];
}

/** Runs a command with `--json` against a system. */
export async function ops(
  { env, dataDir }: System,
  command: OpsCommand,
  ...args: readonly string[]
): Promise<OpsAnswer> {
  const lines: string[] = [];
  const written = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const code = await command.run([...args, '--json'], { TEMPORAL_ADDRESS: env.address, DATA_DIR: dataDir });
    return {
      code,
      things: lines
        .join('')
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    };
  } finally {
    written.mockRestore();
  }
}
