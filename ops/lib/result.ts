/** What a partner answered, as it is written behind a command. */
import type { z } from 'zod';
import { StepResult } from '../../contracts/partner-event.ts';
import { SettingsError } from '../../platform/settings.ts';

/** @throws SettingsError when it is no JSON, or no result of a step */
export function resultOf(text: string | undefined): { result?: StepResult } {
  if (text === undefined) return {};
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new SettingsError('--result: is no JSON');
  }
  const { success, data, error } = StepResult.safeParse(given);
  if (success) return { result: data };
  const [{ path, message }] = error.issues as [z.core.$ZodIssue];
  throw new SettingsError(`--result: ${[...path, message].join(': ')}`);
}
