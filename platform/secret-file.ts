/** Secrets from a variable or a file. No secret is ever quoted, and no file is read that others could have read as well. */
import { readFile, stat } from 'node:fs/promises';
import { SettingsError } from './settings.ts';

/** Read, write or search, of everybody; read or write, of the group. */
const others = 0o007;
const group = 0o060;

/** A secret: the text itself, or the file that has it, and what both are called. */
export interface SecretAt {
  /** The variable that would have the text itself; the one for a file has `_FILE` behind it. */
  readonly variable: string;
  readonly text?: string | undefined;
  readonly file?: string | undefined;
}

/**
 * The text of a secret; undefined where neither the text nor a file was named.
 * @throws SettingsError both are named, or there is no such file, or others may read it
 */
export async function readSecret({ variable, text, file }: SecretAt): Promise<string | undefined> {
  if (text !== undefined && file !== undefined)
    throw new SettingsError(`Wrong setting: ${variable}: set it or ${variable}_FILE, not both`);
  if (file === undefined) return text;
  const content = await readIfThere(file);
  if (content === undefined)
    throw new SettingsError(`Wrong setting: ${variable}_FILE: there is no file to read at ${file}`);
  return content;
}

/**
 * What is in a file of secrets; undefined when it can't be read.
 * @throws SettingsError others may read or change it
 */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    await assertPrivate(file);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    return undefined;
  }
}

/**
 * The rule that PostgreSQL has for its key: nobody but the owner, and of root's file the group, which is how secrets are
 * mounted into a container.
 */
async function assertPrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return; // its modes say nothing
  const { mode, uid } = await stat(file);
  const isOwn = uid === process.getuid?.() && uid !== 0;
  if ((mode & (others | (isOwn ? group : 0o020))) === 0) return;
  throw new SettingsError(
    `${file} may be read or changed by others: chmod ${isOwn ? '600' : '640'}, or mount it with that mode`,
  );
}
