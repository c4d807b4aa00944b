/** The real rules in a folder of their own for each test, so that one file can be laid over them; and what that comes to. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { SettingsError } from '../../platform/settings.ts';

/** To be called once in a test file. */
export function rulesFolder() {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rules-'));
    await cp(join(import.meta.dirname, '../../rules'), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  return {
    get path() {
      return folder;
    },
    /** Writes one file anew: text as it is, anything else as JSON. */
    write: (file: string, content: unknown) =>
      writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content)),
  };
}

/** The line with which loading stops the start, or nothing. */
export async function faultIn(load: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await load();
    return undefined;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message;
  }
}
