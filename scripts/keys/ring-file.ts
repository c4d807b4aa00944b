/** A ring in its file: read, and replaced in one step, for the same owner and mode as before. */
import { randomBytes } from 'node:crypto';
import { chown, open, rename, rm, stat } from 'node:fs/promises';
import { parseRing, textOfRing, type KeyRing } from '../../platform/key-ring.ts';
import { readIfThere } from '../../platform/secret-file.ts';
import { SettingsError } from '../../platform/settings.ts';

/** @throws SettingsError there is none, or it is wrong */
export async function readRing(file: string, what: string): Promise<KeyRing> {
  const text = await readIfThere(file);
  if (text === undefined) throw new SettingsError(`There are no ${what} keys to read at ${file}`);
  return parseRing(text, file, what);
}

/** Whoever reads meanwhile finds the old ring or the new one, whole. */
export async function replaceRing(file: string, ring: KeyRing): Promise<void> {
  const { mode, uid, gid } = await stat(file);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const written = await open(draft, 'wx', mode);
    try {
      await written.writeFile(textOfRing(ring));
      await written.chmod(mode);
      await written.sync();
    } finally {
      await written.close();
    }
    if (process.getuid?.() === 0) await chown(draft, uid, gid);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
