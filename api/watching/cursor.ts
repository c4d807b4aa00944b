/**
 * Where a stream of changes stands, as the id of an event. It says two things: which change of this process was told
 * last, and a moment before which everything was told, for another process or a later one. It opens nothing: what may be
 * seen is looked up anew, so it needs no signature.
 */
import { randomBytes } from 'node:crypto';

export interface Cursor {
  /** Everything that changed before this was told; milliseconds since 1970. */
  readonly before: number;
  /** Of which process `told` is. */
  readonly process: string;
  /** Number of the change that was told last. */
  readonly told: number;
}

/** Names a process, so that none takes the numbers of another for its own. */
export const newProcessName = (): string => randomBytes(6).toString('hex');

/** The process of cursors that go by their moment alone. */
export const noProcess = '-';

const shape = /^1\.(\d{1,15})\.([0-9a-f]{12}|-)\.(\d{1,15})$/;

/** Writes a cursor down; opaque to who gets it. */
export function written({ before, process, told }: Cursor): string {
  return Buffer.from(`1.${before}.${process}.${told}`).toString('base64url');
}

/** Reads one; undefined for what was never written here. */
export function read(text: string): Cursor | undefined {
  const [, before, process, told] = shape.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (before === undefined || process === undefined) return undefined;
  const cursor = { before: Number(before), process, told: Number(told) };
  return written(cursor) === text ? cursor : undefined;
}
