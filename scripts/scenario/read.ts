/** Reads scenarios; a wrong one is one clear line. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { isStepId } from '../../domain/steps.ts';
import { SettingsError } from '../../platform/settings.ts';
import { Scenario } from './scenario.ts';

export const examplesFolder = join(import.meta.dirname, '..', '..', 'examples');

/**
 * Reads one file, which holds a scenario or a list of them.
 * @param path - of the file, or of a folder with a `scenario.json`
 * @throws SettingsError: one line that names the file and the path of each fault in it
 */
export async function readScenarios(path: string): Promise<Scenario[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, 'scenario.json') : path;
  const content = jsonOf(path, await textOf(file, path));
  const isList = Array.isArray(content);
  const result = z
    .array(Scenario)
    .min(1)
    .safeParse(isList ? content : [content]);
  if (!result.success) {
    const wrong = result.error.issues.flatMap((issue) => faultsIn(issue, isList));
    throw new SettingsError(`${path}: ${wrong.join('; ')}`);
  }
  const unknown = stepsIn(content).find((step) => !isStepId(step) && !step.startsWith('commitment.'));
  if (unknown) throw new SettingsError(`${path}: there is no step ${unknown}`);
  const own =
    basename(file) === 'scenario.json' ? basename(dirname(file)) : basename(file).replace(/\.json$/, '');
  return result.data.map((scenario, i) => ({
    ...scenario,
    name: result.data.length > 1 ? `${own}-${i + 1}` : own,
    folder: dirname(file),
  }));
}

/**
 * The examples that the demo plays.
 * @param which - one of them by its name, which may be a folder; left out: all that have a place in the demo, in that order
 */
export async function readExamples(which?: string, folder = examplesFolder): Promise<Scenario[]> {
  if (which !== undefined) {
    const isFile = await stat(join(folder, `${which}.json`)).catch(() => undefined);
    return readScenarios(join(folder, isFile ? `${which}.json` : which));
  }
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const all = (await Promise.all(files.map((name) => readScenarios(join(folder, name))))).flat();
  return all.filter(({ demo }) => demo !== undefined).sort((a, b) => a.demo! - b.demo!);
}

async function textOf(file: string, named: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOENT' ? 'there is no such scenario' : 'cannot be read';
    throw new SettingsError(`${named}: ${what}`);
  });
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsError(`${path}: no JSON: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`);
  }
}

/** A fault with the path at which it stands; of a choice, the faults of what comes nearest to what was meant. */
function faultsIn(issue: z.core.$ZodIssue, isList: boolean): string[] {
  const at = (issue.path.length > 0 && !isList ? issue.path.slice(1) : issue.path).map(String);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0]!;
    return nearest.map(
      ({ path, message }) => `${[...at, ...path.map(String)].join('.') || 'it'}: ${message}`,
    );
  }
  return [`${at.join('.') || 'it'}: ${issue.message}`];
}

/** Every step that is named, wherever it stands: a step that does not exist would never come. */
function stepsIn(content: unknown): string[] {
  if (Array.isArray(content)) return content.flatMap(stepsIn);
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    if (name === 'steps' && typeof value === 'object' && value !== null) return Object.keys(value);
    if ((name === 'step' || name === 'stepId') && typeof value === 'string') return [value];
    return stepsIn(value);
  });
}
